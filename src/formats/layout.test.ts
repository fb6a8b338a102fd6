import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elements } from '../graph/value.ts';
import { fromPytorch, pytorchShape, toPytorch } from './layout.ts';

test('a convolution [kh,kw,in,out] becomes [out,in,kh,kw]', () => {
  const ours = Float32Array.from({ length: 2 * 1 * 2 * 3 }, (_, index) => index);
  expect(pytorchShape([2, 1, 2, 3])).toEqual([3, 2, 2, 1]);
  // Output 0: input 0 at both taps, then input 1.
  expect([...toPytorch(ours, [2, 1, 2, 3])].slice(0, 4)).toEqual([0, 6, 3, 9]);
});

test('a linear weight [in,out] is transposed and a vector stays', () => {
  expect([...toPytorch(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])]).toEqual([1, 4, 2, 5, 3, 6]);
  expect([...toPytorch(Float32Array.of(1, 2, 3), [3])]).toEqual([1, 2, 3]);
});

test('there and back is the identity', () => {
  const size = fc.integer({ min: 1, max: 4 });
  const shape = fc.oneof(fc.tuple(size), fc.tuple(size, size), fc.tuple(size, size, size, size));
  fc.assert(
    fc.property(shape, (sizes) => {
      const data = Float32Array.from({ length: elements(sizes) }, (_, index) => index);
      expect(fromPytorch(toPytorch(data, sizes), sizes)).toEqual(data);
    }),
    { seed: 1 },
  );
});
