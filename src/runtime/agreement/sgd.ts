import fc from 'fast-check';
import { test } from 'vitest';
import type { Executor } from '../executor.ts';
import { expectAgreement } from './agreement.ts';
import { caseOf } from './cases.ts';

/** Declares the tests. @param runs random shapes for each */
export function testSgd(open: () => Promise<Executor>, runs: number): void {
  test('updates of a range agree with the interpreter, with all, some or no gradients', async () => {
    const cases = fc.record({
      nesterov: fc.boolean(),
      decay: fc.boolean(),
      gradients: fc.constantFrom('none' as const, 'some' as const, 'all' as const),
      seed: fc.nat(),
    });
    const shapes = { bias: [5], weight: [3, 3, 2, 5] };
    const property = fc.asyncProperty(cases, ({ nesterov, decay, gradients, seed }) =>
      expectAgreement(
        open(),
        caseOf(
          seed,
          ({ value, push, range }) => {
            const parameters = range('p', 'parameter', shapes);
            const velocities = range('v', 'optimiser', shapes);
            const gradient = gradients === 'none' ? undefined : range('g', 'gradient', shapes);
            if (gradient !== undefined) {
              const x = value('x', [2, 4, 4, 2], 'state');
              const dy = value('dy', [2, 4, 4, 5], 'state');
              const dbiases = gradients === 'all' ? [gradient.id('bias')] : [];
              push({
                kind: 'conv2dParameterGradient',
                inputs: { x, dy },
                outputs: { dweights: [gradient.id('weight')], dbiases },
                attributes: { stride: 1, padding: 1, accumulate: false },
              });
            }
            const ids = { parameters: parameters.of, velocities: velocities.of };
            push({
              kind: 'sgdUpdate',
              inputs: { ...ids, gradients: gradient?.of },
              outputs: ids,
              attributes: {
                learningRate: 'rate',
                momentum: 'momentum',
                weightDecay: decay ? 'decay' : undefined,
                nesterov,
              },
            });
          },
          { rate: 0.1, momentum: 0.9, decay: 0.01 },
        ),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });
}
