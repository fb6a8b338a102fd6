import fc from 'fast-check';
import { expect, it } from 'vitest';
import { largestBatch } from './largest-batch.ts';

const linear = (fixed: number, each: number) => async (batch: number) => fixed + each * batch;

it('finds the largest that fits, whatever the memory of an image', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 50 }), fc.nat(60_000), async (fixed, each, budget) => {
      const most = 1000;
      const expected = Math.min(most, Math.floor((budget - fixed) / each));
      const found = await largestBatch(budget, linear(fixed, each), undefined, most);
      expect(found).toEqual(
        expected < 1
          ? { kind: 'none', bytes: fixed + each }
          : { kind: 'found', batch: expected, bytes: fixed + each * expected },
      );
    }),
  );
});

it('asks for few plans', async () => {
  let asked = 0;
  await largestBatch(1e6, async (batch) => {
    asked++;
    return 1000 * batch;
  });
  expect(asked).toBeLessThanOrEqual(6);
  // Also where memory is far from a line.
  asked = 0;
  await largestBatch(1e6, async (batch) => {
    asked++;
    return batch ** 3;
  });
  expect(asked).toBeLessThanOrEqual(36);
});

it('stops when cancelled, and says when planning failed', async () => {
  let asked = 0;
  const counting = async (batch: number) => {
    asked++;
    return batch;
  };
  expect(await largestBatch(100, counting, () => asked >= 3)).toEqual({ kind: 'cancelled' });
  expect(asked).toBe(3);
  expect(await largestBatch(100, async () => undefined)).toEqual({ kind: 'failed' });
});
