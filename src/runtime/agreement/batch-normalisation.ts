import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ValueId } from '../../graph/value.ts';
import type { Executor } from '../executor.ts';
import { expectAgreement, outcome } from './agreement.ts';
import { type Builder, caseOf, sideBySide } from './cases.ts';

/** Images in groups; parameters and running statistics one for all or one per group. */
const shapes = fc.record({
  groups: fc.integer({ min: 1, max: 4 }),
  perGroup: fc.integer({ min: 2, max: 4 }),
  height: fc.integer({ min: 2, max: 6 }),
  width: fc.integer({ min: 2, max: 6 }),
  channels: fc.integer({ min: 1, max: 9 }),
  shared: fc.boolean(),
  relu: fc.boolean(),
  other: fc.boolean(),
  accumulate: fc.boolean(),
  seed: fc.nat(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer Made> ? Made : never;

const imageOf = (shape: Shape) => [shape.groups * shape.perGroup, shape.height, shape.width, shape.channels];

const vectors = (builder: Builder, shape: Shape, label: string) =>
  sideBySide(builder, label, [shape.channels], shape.shared ? 1 : shape.groups);

/** x with its true statistics, which the gradient presumes. Running ones heed the guard, if there is one. */
function statistics(builder: Builder, shape: Shape, guard?: ValueId) {
  const { value, push } = builder;
  const x = value('x', imageOf(shape), 'state');
  const runningMeans = vectors(builder, shape, 'runningMean');
  const runningVariances = vectors(builder, shape, 'runningVariance');
  const mean = value('mean', [shape.groups, shape.channels], 'metric');
  const variance = value('variance', [shape.groups, shape.channels], 'metric');
  push({
    kind: 'batchStatistics',
    inputs: { x, runningMeans, runningVariances, guard },
    outputs: { mean, variance, runningMeans, runningVariances },
    attributes: { groups: shape.groups, momentum: 0.1 },
  });
  return { x, mean, variance, gammas: vectors(builder, shape, 'gamma'), betas: vectors(builder, shape, 'beta') };
}

/** Declares the tests. @param runs random shapes for each */
export function testBatchNormalisation(open: () => Promise<Executor>, runs: number): void {
  test('statistics and normalisation agree with the interpreter', async () => {
    const property = fc.asyncProperty(shapes, (shape) =>
      expectAgreement(
        open(),
        caseOf(shape.seed, (builder) => {
          const inputs = statistics(builder, shape);
          const residual = shape.other ? builder.value('residual', imageOf(shape), 'state') : undefined;
          const y = builder.value('y', imageOf(shape), 'metric');
          const attributes = { groups: shape.groups, epsilon: 1e-5, relu: shape.relu };
          builder.push({ kind: 'normalise', inputs: { ...inputs, residual }, outputs: { y }, attributes });
        }),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });

  test.each([0, 2])('running statistics move only while the guard is 0: %d', async (flag) => {
    const shape = { groups: 2, perGroup: 2, height: 3, width: 3, channels: 5, shared: true, relu: true, other: false };
    const given = caseOf(5, (builder) => {
      const guard = builder.value('guard', [1], 'state');
      const inputs = statistics(builder, { ...shape, accumulate: false, seed: 5 }, guard);
      const y = builder.value('y', imageOf({ ...shape, accumulate: false, seed: 5 }), 'metric');
      const attributes = { groups: 2, epsilon: 1e-5, relu: true };
      builder.push({ kind: 'normalise', inputs: { ...inputs, residual: undefined }, outputs: { y }, attributes });
    });
    given.contents.get('guard')?.fill(flag);
    await expectAgreement(open(), given);
    const after = await outcome(await open(), given);
    const label = 'runningMean.0';
    expect(Array.from(after.get(label) ?? []).join() === given.contents.get(label)?.join()).toBe(flag !== 0);
  });

  test('normalisation with running statistics, one vector without groups, agrees', async () => {
    await expectAgreement(
      open(),
      caseOf(2, (builder) => {
        const { value, push } = builder;
        const vector = (label: string) => value(label, [5], 'state');
        const x = value('x', [3, 4, 4, 5], 'state');
        const inputs = { x, mean: vector('mean'), variance: vector('variance'), residual: undefined };
        push({
          kind: 'normalise',
          inputs: { ...inputs, gammas: [vector('gamma')], betas: [vector('beta')] },
          outputs: { y: value('y', [3, 4, 4, 5], 'metric') },
          attributes: { groups: 1, epsilon: 1e-5, relu: true },
        });
      }),
    );
  });

  test('the gradient agrees, with either mask, alone and added to what is there', async () => {
    const property = fc.asyncProperty(shapes, (shape) =>
      expectAgreement(
        open(),
        caseOf(shape.seed, (builder) => {
          const inputs = statistics(builder, shape);
          const dy = builder.value('dy', imageOf(shape), 'state');
          const mask = shape.other && !shape.relu ? builder.value('mask', imageOf(shape), 'state') : undefined;
          const outputs = {
            dx: builder.value('dx', imageOf(shape), 'metric'),
            dgammas: vectors(builder, shape, 'dgamma'),
            dbetas: vectors(builder, shape, 'dbeta'),
          };
          const attributes = { groups: shape.groups, epsilon: 1e-5, relu: shape.relu, accumulate: shape.accumulate };
          builder.push({ kind: 'batchNormGradient', inputs: { ...inputs, dy, mask }, outputs, attributes });
        }),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 3 });
  });

  test('a mean far from zero leaves the variance exact', async () => {
    const given = caseOf(4, (builder) => {
      statistics(builder, {
        groups: 1,
        perGroup: 8,
        height: 16,
        width: 16,
        channels: 3,
        shared: true,
        relu: false,
        other: false,
        accumulate: false,
        seed: 0,
      });
    });
    const x = given.contents.get('x');
    x?.forEach((value, index) => {
      x[index] = value + 30;
    });
    await expectAgreement(open(), given);
  });
}
