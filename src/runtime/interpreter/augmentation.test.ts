import { expect, test } from 'vitest';
import { augmentNormalise } from './augmentation.ts';
import { tensorOf } from './test-support.ts';

const raw = { mean: [0], std: [1 / 255] };
const image = tensorOf([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** Whole pixels again: with this mean and std, y is the pixel's byte. */
const pixels = (crop: number[], padding: 'reflect' | 'zero', pad: number) =>
  [...augmentNormalise(image, tensorOf([1, 3], crop), { ...raw, padding, pad }).data].map(Math.round);

test('a crop from the middle is the image itself; a flip mirrors its columns', () => {
  expect(pixels([1, 1, 0], 'zero', 1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(pixels([0, 0, 1], 'zero', 0)).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
});

test('padding shows zeros, or mirrors without repeating the border', () => {
  expect(pixels([0, 2, 0], 'zero', 1)).toEqual([0, 0, 0, 2, 3, 0, 5, 6, 0]);
  expect(pixels([0, 2, 0], 'reflect', 1)).toEqual([5, 6, 5, 2, 3, 2, 5, 6, 5]);
  expect(pixels([0, 0, 0], 'reflect', 2)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(pixels([0, 2, 1], 'zero', 1)).toEqual([0, 0, 0, 0, 3, 2, 0, 6, 5]);
});

test('mean and std are subtracted and divided per channel, of padded zeros too', () => {
  const attributes = { mean: [0.5, 0, 0], std: [0.25, 1, 2], padding: 'zero', pad: 1 } as const;
  const one = tensorOf([1, 1, 1, 3], [255, 51, 102]);
  const y = (crop: number[]) => [...augmentNormalise(one, tensorOf([1, 3], crop), attributes).data];
  expect(y([1, 1, 0])).toEqual([2, 0.2, 0.2]);
  expect(y([0, 1, 0])).toEqual([-2, 0, 0]);
});

test('offsets outside the padding and impossible mirrors are refused', () => {
  expect(() => pixels([3, 0, 0], 'zero', 1)).toThrow('outside 0..2');
  expect(() => pixels([0, 0, 0], 'reflect', 3)).toThrow('mirrored');
});
