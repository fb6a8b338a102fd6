import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ValueId } from '../../graph/value.ts';
import type { Executor } from '../executor.ts';
import { type Case, expectAgreement, outcome } from './agreement.ts';
import { type Builder, caseOf } from './cases.ts';

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
            const ids = { parameters: parameters.of, velocities: velocities.of, guard: undefined };
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

  test('where the guard is set, no update writes', async () => {
    const given = guarded(0);
    given.contents.get('guard')?.fill(7);
    const after = await outcome(await open(), given);
    for (const [label, data] of given.contents) expect(after.get(label)?.join(), label).toBe(data.join());
    expect(after.get('guard now')?.[0]).toBe(7);
  });

  test('with a guard of 0 and finite numbers every range is updated', async () => {
    await expectAgreement(open(), guarded(0));
  });

  test.each([
    ['NaN', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['too large', 3e38],
  ])(
    'a gradient that is %s sets the guard to its module, is not written, and stops later updates',
    async (_, number) => {
      const given = guarded(number);
      const after = await outcome(await open(), given);
      expect(after.get('guard')?.[0]).toBe(3);
      expect(after.get('guard now')?.[0]).toBe(3);
      for (const [label, data] of given.contents) {
        const numbers = Array.from(after.get(label) ?? []);
        if (/^first [pv]/.test(label)) expect(numbers.every(Number.isFinite), label).toBe(true);
        else if (label.startsWith('second')) expect(numbers.join(), label).toBe(data.join());
      }
    },
  );
}

/** Two updates, the first of module 2 with a gradient of 4 * `number` in one place, the second of module 3. */
export function guarded(number: number): Case {
  const given = caseOf(
    9,
    (builder) => {
      const guard = builder.value('guard', [1], 'state');
      update(builder, 'first', guard, 2);
      update(builder, 'second', guard, 3);
      const y = builder.value('guard now', [1], 'metric');
      builder.push({ kind: 'copy', inputs: { x: guard }, outputs: { y }, attributes: {} });
    },
    { rate: 0.1, momentum: 0.9, decay: 0.01 },
  );
  given.contents.get('guard')?.fill(0);
  if (number !== 0) given.contents.get('first x')?.fill(number, 3, 4);
  given.contents.get('first dy')?.fill(4);
  return given;
}

function update({ value, range, push }: Builder, name: string, guard: ValueId, module: number): void {
  // As many tensors as a block has: a kernel may bind only so many.
  const shapes = { weight: [6, 5], bias: [5], a: [3], b: [3], c: [7, 2], d: [2] };
  const parameters = range(`${name} p`, 'parameter', shapes);
  const velocities = range(`${name} v`, 'optimiser', shapes);
  const gradients = range(`${name} g`, 'gradient', shapes);
  push({
    kind: 'linearParameterGradient',
    inputs: { x: value(`${name} x`, [4, 6], 'state'), dy: value(`${name} dy`, [4, 5], 'state'), mask: undefined },
    outputs: { dweight: gradients.id('weight'), dbias: gradients.id('bias') },
    attributes: { accumulate: false },
  });
  const ids = { parameters: parameters.of, velocities: velocities.of, guard };
  const attributes = { learningRate: 'rate', momentum: 'momentum', weightDecay: 'decay', nesterov: true };
  push({ kind: 'sgdUpdate', inputs: { ...ids, gradients: gradients.of }, outputs: ids, attributes }, module);
}
