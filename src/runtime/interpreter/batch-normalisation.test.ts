import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  batchNormGradient,
  batchStatistics,
  type Normalisation,
  normalise,
  sumOverGroups,
} from './batch-normalisation.ts';
import type { Tensor } from './tensor.ts';
import { directionalError, dot, randomTensor, tensorOf, testStream } from './test-support.ts';

const epsilon = 1e-5;

const cases = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 2, max: 4 }),
    channels: fc.integer({ min: 1, max: 6 }),
    perGroup: fc.boolean(),
    relu: fc.boolean(),
    seed: fc.nat(),
  })
  .map(({ groups, batch, height, channels, perGroup, relu, seed }) => {
    const stream = testStream(seed);
    const x = randomTensor([groups * batch, height, 3, channels], stream);
    const list = () => Array.from({ length: perGroup ? groups : 1 }, () => randomTensor([channels], stream));
    return { groups, relu, stream, x, dy: randomTensor(x.shape, stream), gammas: list(), betas: list() };
  });

/** Statistics and normalisation as one function of x, as the gradient sees them. */
function forward(x: Tensor, gammas: readonly Tensor[], betas: readonly Tensor[], groups: number, relu: boolean) {
  const { mean, variance } = batchStatistics(x, [], [], groups, 0.1);
  const by: Normalisation = { mean, variance, gammas, betas, groups, epsilon };
  return { by, y: normalise(x, by, undefined, relu) };
}

test('the gradient through statistics, normalisation and ReLU agrees with finite differences', () => {
  fc.assert(
    fc.property(cases, fc.boolean(), ({ groups, relu, stream, x, dy, gammas, betas }, storedMask) => {
      const { by, y } = forward(x, gammas, betas, groups, relu);
      const mask = relu && storedMask ? y : undefined;
      const gradient = batchNormGradient(x, by, dy, mask, relu && !storedMask);
      const loss = (at: Tensor) => dot(forward(at, gammas, betas, groups, relu).y.data, dy.data);
      expect(directionalError(loss, gradient.dx, x, stream)).toBeLessThan(1e-6);

      const shapes = gammas.map(({ shape }) => shape);
      const dgammas = sumOverGroups(gradient.dgammas, shapes, []);
      const dbetas = sumOverGroups(gradient.dbetas, shapes, []);
      for (const index of gammas.keys()) {
        const ofGamma = (at: Tensor) => dot(forward(x, gammas.with(index, at), betas, groups, relu).y.data, dy.data);
        const ofBeta = (at: Tensor) => dot(forward(x, gammas, betas.with(index, at), groups, relu).y.data, dy.data);
        expect(directionalError(ofGamma, dgammas[index] as Tensor, gammas[index] as Tensor, stream)).toBeLessThan(1e-6);
        expect(directionalError(ofBeta, dbetas[index] as Tensor, betas[index] as Tensor, stream)).toBeLessThan(1e-6);
      }
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('normalise adds the residual before the ReLU', () => {
  const by = {
    mean: tensorOf([1], [1]),
    variance: tensorOf([1], [4]),
    gammas: [tensorOf([1], [3])],
    betas: [tensorOf([1], [0.5])],
    groups: 1,
    epsilon: 0,
  };
  const x = tensorOf([1, 1, 2, 1], [3, -1]);
  expect([...normalise(x, by, undefined, false).data]).toEqual([3.5, -2.5]);
  expect([...normalise(x, by, tensorOf([1, 1, 2, 1], [-4, 3]), true).data]).toEqual([0, 0.5]);
});

test('one pair of running statistics moves group after group, by the unbiased variance', () => {
  const x = tensorOf([4, 1, 1, 1], [1, 3, 10, 20]);
  const moments = batchStatistics(x, [tensorOf([1], [5])], [tensorOf([1], [7])], 2, 0.1);
  expect([...moments.mean.data]).toEqual([2, 15]);
  expect([...moments.variance.data]).toEqual([1, 25]);
  expect(moments.runningMeans[0]?.data[0]).toBeCloseTo(0.9 * (0.9 * 5 + 0.1 * 2) + 0.1 * 15, 12);
  expect(moments.runningVariances[0]?.data[0]).toBeCloseTo(0.9 * (0.9 * 7 + 0.1 * 2) + 0.1 * 50, 12);
});

test('with one pair per group each moves by its own statistics; without any, none moves', () => {
  const x = tensorOf([4, 1, 1, 1], [1, 3, 10, 20]);
  const zeros = () => [tensorOf([1], [0]), tensorOf([1], [0])];
  const moments = batchStatistics(x, zeros(), zeros(), 2, 0.5);
  expect(moments.runningMeans.map(({ data }) => data[0])).toEqual([1, 7.5]);
  expect(moments.runningVariances.map(({ data }) => data[0])).toEqual([1, 25]);
  expect(batchStatistics(x, [], [], 2, 0.5).runningMeans).toEqual([]);
});

test('a running variance over a single number is refused', () => {
  const one = tensorOf([1, 1, 1, 1], [3]);
  expect(() => batchStatistics(one, [tensorOf([1], [0])], [tensorOf([1], [0])], 1, 0.1)).toThrow('larger batch');
});

test('gradients of shared parameters add up over groups and to what was there', () => {
  const gradients = [Float64Array.of(1, 2), Float64Array.of(10, 20)];
  const [shared] = sumOverGroups(gradients, [[2]], [tensorOf([2], [100, 200])]);
  expect([...(shared as Tensor).data]).toEqual([111, 222]);
  expect(sumOverGroups(gradients, [[2], [2]], []).map(({ data }) => [...data])).toEqual([
    [1, 2],
    [10, 20],
  ]);
});
