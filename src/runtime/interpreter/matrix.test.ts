import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multiplyInto, rowMajor, transposed } from './matrix.ts';
import { randomTensor, testStream } from './test-support.ts';

const size = fc.integer({ min: 1, max: 11 });

test('multiplyInto adds the product, whatever the sizes and whether a side is transposed', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.nat(), (m, k, n, flipLeft, flipRight, seed) => {
      const stream = testStream(seed);
      const left = randomTensor([m * k], stream).data;
      const right = randomTensor([k * n], stream).data;
      const out = randomTensor([3 + m * n], stream).data;
      const before = out.slice();
      const leftView = flipLeft ? transposed(rowMajor(left, m)) : rowMajor(left, k);
      const rightView = flipRight ? transposed(rowMajor(right, k)) : rowMajor(right, n);
      multiplyInto(out, 3, leftView, rightView, m, k, n);
      expect(out.subarray(0, 3)).toEqual(before.subarray(0, 3));
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = before[3 + i * n + j] as number;
          for (let q = 0; q < k; q++)
            sum +=
              (left[flipLeft ? q * m + i : i * k + q] as number) * (right[flipRight ? j * k + q : q * n + j] as number);
          expect(out[3 + i * n + j]).toBeCloseTo(sum, 10);
        }
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});
