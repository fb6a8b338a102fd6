import { expect, test } from 'vitest';
import { imagesInMemory } from './image-store.ts';
import { channelStatistics, classCounts } from './set-statistics.ts';
import { createSynthetic } from './synthetic.ts';

test('mean and standard deviation of each channel', () => {
  // Two images of two pixels: red 0 and 255 in turn, green 51 everywhere, blue 0 in the first image and 102 in the second.
  const bytes = Uint8Array.of(0, 51, 0, 255, 51, 0, 0, 51, 102, 255, 51, 102);
  const { mean, std, images } = channelStatistics(imagesInMemory(bytes, 6));
  expect(images).toBe(2);
  expect(mean.map((value) => value.toFixed(6))).toEqual(['0.500000', '0.200000', '0.200000']);
  expect(std.map((value) => value.toFixed(6))).toEqual(['0.500000', '0.000000', '0.200000']);
});

test('counts every class, those without images too', () => {
  const { train } = createSynthetic(1, { train: 12, test: 10 });
  expect(classCounts(train, 11)).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
});
