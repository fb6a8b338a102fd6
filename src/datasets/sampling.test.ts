import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { ImageSet } from './dataset.ts';
import { imagesInMemory } from './image-store.ts';
import { batchIndices, createSampler, epochOrder, gather, gatherTest, testBatchCount } from './sampling.ts';

/** Images of 2x2x3 bytes, each filled with its index; labels are the index modulo 10. */
const numbered = (count: number): ImageSet => ({
  images: imagesInMemory(
    Uint8Array.from({ length: count * 12 }, (_, at) => Math.floor(at / 12)),
    12,
  ),
  labels: Uint16Array.from({ length: count }, (_, index) => index % 10),
  count,
});
const buffers = (batch: number) => ({ images: new Uint8Array(batch * 12).fill(255), labels: new Int32Array(batch) });

describe('training order', () => {
  it('shows every image once an epoch but those of the last partial batch', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.nat(200), fc.nat(3), (seed, batch, more, epoch) => {
        const count = batch + more;
        const sampler = expectOk(createSampler(seed, batch, count));
        const seen = new Set<number>();
        for (let step = 0; step < sampler.stepsPerEpoch; step++) {
          const indices = sampler.indices(epoch * sampler.stepsPerEpoch + step);
          expect(indices.length).toBe(batch);
          for (const index of indices) seen.add(index);
        }
        expect(seen.size).toBe(sampler.stepsPerEpoch * batch);
        expect(count - seen.size).toBeLessThan(batch);
        for (const index of seen) expect(index).toBeLessThan(count);
      }),
      { numRuns: 50 },
    );
  });

  it('depends on seed and epoch alone, so a run can go on anywhere', () => {
    const sampler = expectOk(createSampler(5, 8, 50));
    const late = [...sampler.indices(20)];
    expect([...sampler.indices(3)]).toEqual([...batchIndices(5, 3, 8, 50)]);
    expect([...batchIndices(5, 20, 8, 50)]).toEqual(late);
    expect(epochOrder(5, 0, 50)).not.toEqual(epochOrder(5, 1, 50));
    expect(epochOrder(5, 0, 50)).not.toEqual(epochOrder(6, 0, 50));
  });

  it('refuses a batch larger than the set', () => {
    const result = createSampler(1, 1_024, 100);
    expect(result.ok ? '' : result.error.message).toContain('1,024 images is larger than the training set of 100');
  });
});

describe('batches', () => {
  it('gathers images with their labels', () => {
    const into = buffers(3);
    gather(numbered(40), Uint32Array.of(39, 0, 17), into);
    expect([...into.labels]).toEqual([9, 0, 7]);
    expect([0, 12, 24, 35].map((at) => into.images[at])).toEqual([39, 0, 17, 17]);
  });

  it('covers a test set once and pads the last batch with label -1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 40 }), (count, batch) => {
        const set = numbered(count);
        const seen: number[] = [];
        for (let number = 0; number < testBatchCount(count, batch); number++) {
          const into = buffers(batch);
          const valid = gatherTest(set, number, into);
          for (let row = 0; row < batch; row++) {
            if (row < valid) seen.push(into.images[row * 12] as number);
            expect(into.labels[row]).toBe(row < valid ? set.labels[number * batch + row] : -1);
            if (row >= valid) expect(into.images[row * 12 + 11]).toBe(0);
          }
        }
        expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
      { numRuns: 50 },
    );
  });
});
