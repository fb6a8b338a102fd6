import fc from 'fast-check';
import { test } from 'vitest';
import type { Executor } from '../executor.ts';
import { expectAgreement, randomBatch, testStream } from './agreement.ts';
import { caseOf } from './cases.ts';

/** Declares the tests. @param runs random shapes for each */
export function testAugmentation(open: () => Promise<Executor>, runs: number, tolerance = 1e-7): void {
  test('crops, flips and both paddings agree with the interpreter', async () => {
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      height: fc.integer({ min: 5, max: 8 }),
      width: fc.integer({ min: 5, max: 8 }),
      pad: fc.integer({ min: 0, max: 4 }),
      padding: fc.constantFrom('reflect' as const, 'zero' as const),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(cases, async ({ count, height, width, pad, padding, seed }) => {
      const given = caseOf(seed, ({ value, push }) => {
        const images = value('images', [count, height, width, 3], 'input');
        const crops = value('crops', [count, 3], 'input');
        const y = value('y', [count, height, width, 3], 'metric');
        const attributes = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.25], padding, pad };
        push({ kind: 'augmentNormalise', inputs: { images, crops }, outputs: { y }, attributes });
      });
      await expectAgreement(
        open(),
        { ...given, batch: randomBatch(given.graph, testStream(seed), 3, 2 * pad) },
        tolerance,
      );
    });
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });
}
