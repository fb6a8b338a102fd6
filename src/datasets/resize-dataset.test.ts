import { expect, test } from 'vitest';
import { resizeDataset } from './resize-dataset.ts';
import { createSynthetic } from './synthetic.ts';

test('brings all parts to another size, and keeps a set that has it', () => {
  const drawn = createSynthetic(1, { train: 12, test: 10 });
  expect(resizeDataset(drawn, 32)).toBe(drawn);
  const large = resizeDataset(drawn, 64);
  expect(large.format).toMatchObject({ imageSize: 64, pad: 8, classes: 10 });
  expect([large.train.images.stride, large.test.images.count]).toEqual([64 * 64 * 3, 10]);
  expect(large.train.labels).toBe(drawn.train.labels);
  expect(large.checksum).not.toBe(drawn.checksum);
  const image = new Uint8Array(64 * 64 * 3);
  large.train.images.copy(3, image, 0);
  const before = new Uint8Array(32 * 32 * 3);
  drawn.train.images.copy(3, before, 0);
  const mean = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
  expect(mean(image)).toBeCloseTo(mean(before), -1);
});
