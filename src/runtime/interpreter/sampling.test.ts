import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samplePatches, samplePatchesTransposed } from './sampling.ts';
import { dot, randomTensor, tensorOf, testStream } from './test-support.ts';

const grid1 = { grid: 1, first: 0, count: 1 };

test('resizing 2 x 2 up to 3 x 3 with align_corners gives the hand-computed midpoints', () => {
  const y = samplePatches(tensorOf([1, 2, 2, 1], [1, 2, 5, 10]), { ...grid1, height: 3, width: 3 });
  expect([...y.data]).toEqual([1, 1.5, 2, 3, 4.5, 6, 5, 7.5, 10]);
});

test('resizing 5 wide down to 3 keeps every second pixel; to 1 keeps the first; to 4 interpolates by thirds', () => {
  const line = tensorOf([1, 1, 5, 1], [0, 1, 4, 9, 16]);
  expect([...samplePatches(line, { ...grid1, height: 1, width: 3 }).data]).toEqual([0, 4, 16]);
  expect([...samplePatches(line, { ...grid1, height: 1, width: 1 }).data]).toEqual([0]);
  const four = samplePatches(line, { ...grid1, height: 1, width: 4 }).data;
  // Source coordinates 0, 4/3, 8/3, 4.
  for (const [index, expected] of [0, 2, 4 + (5 * 2) / 3, 16].entries()) expect(four[index]).toBeCloseTo(expected, 12);
});

test('patches come in row-major order, each over the whole batch, and what does not divide is left out', () => {
  const x = tensorOf([2, 3, 3, 1], [...Array(18).keys()]);
  const y = samplePatches(x, { grid: 2, first: 1, count: 3, height: 1, width: 1 });
  expect(y.shape).toEqual([6, 1, 1, 1]);
  expect([...y.data]).toEqual([1, 10, 3, 12, 4, 13]);
});

test('the transpose of sampling is its adjoint: <S x, y> = <x, S^T y>', () => {
  const extent = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(
      extent,
      extent,
      extent,
      extent,
      fc.integer({ min: 1, max: 3 }),
      fc.nat(),
      (h, w, h2, w2, grid, seed) => {
        fc.pre(grid <= Math.min(h, w));
        const stream = testStream(seed);
        const first = stream.below(grid * grid);
        const count = 1 + stream.below(grid * grid - first);
        const sample = { grid, first, count, height: h2, width: w2 };
        const x = randomTensor([2, h, w, 3], stream);
        const y = randomTensor([2 * count, h2, w2, 3], stream);
        const there = dot(samplePatches(x, sample).data, y.data);
        expect(dot(x.data, samplePatchesTransposed(y, x.shape, sample).data)).toBeCloseTo(there, 9);
      },
    ),
    { numRuns: 60, seed: 2 },
  );
});
