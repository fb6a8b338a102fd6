import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, spreadGroups, sumGroups } from './elementwise.ts';
import { linear, linearInputGradient, linearParameterGradient } from './linear.ts';
import { globalAveragePool, globalAveragePoolGradient } from './pooling.ts';
import type { Tensor } from './tensor.ts';
import { directionalError, dot, moved, randomTensor, tensorOf, testStream } from './test-support.ts';

const small = fc.integer({ min: 1, max: 5 });

test('the gradients of linear, with and without ReLU, agree with finite differences and accumulate', () => {
  fc.assert(
    fc.property(small, small, small, fc.boolean(), fc.nat(), (rows, inputs, outputs, relu, seed) => {
      const stream = testStream(seed);
      const [x, dy] = [randomTensor([rows, inputs], stream), randomTensor([rows, outputs], stream)];
      const [weight, bias] = [randomTensor([inputs, outputs], stream), randomTensor([outputs], stream)];
      const mask = relu ? linear(x, weight, bias, true) : undefined;
      const initial = { weight: randomTensor(weight.shape, stream), bias: randomTensor(bias.shape, stream) };
      const none = { weight: undefined, bias: undefined };
      const { dweight, dbias } = linearParameterGradient(x, dy, mask, none);
      const errors = [
        directionalError(
          (at) => dot(linear(at, weight, bias, relu).data, dy.data),
          linearInputGradient(dy, weight, mask),
          x,
          stream,
        ),
        directionalError((at) => dot(linear(x, at, bias, relu).data, dy.data), dweight, weight, stream),
        directionalError((at) => dot(linear(x, weight, at, relu).data, dy.data), dbias, bias, stream),
      ];
      expect(Math.max(...errors)).toBeLessThan(1e-7);
      const accumulated = linearParameterGradient(x, dy, mask, initial);
      const expected = moved(initial.weight, 1, dweight).data;
      for (const [at, value] of expected.entries()) expect(accumulated.dweight.data[at]).toBeCloseTo(value, 10);
    }),
    { numRuns: 60, seed: 8 },
  );
});

test('pooling averages, by patches too, and its gradient is its transpose plus what is accumulated', () => {
  const extent = fc.integer({ min: 3, max: 7 });
  fc.assert(
    fc.property(small, extent, extent, small, fc.constantFrom(0, 1, 2, 3), fc.nat(), (batch, h, w, c, grid, seed) => {
      const stream = testStream(seed);
      const size = { height: Math.floor(h / grid), width: Math.floor(w / grid) };
      const sample = grid === 0 ? undefined : { grid, first: 0, count: grid * grid, ...size };
      const x = randomTensor([batch, h, w, c], stream);
      const y = globalAveragePool(x, sample);
      expect(y.shape).toEqual([batch * (sample?.count ?? 1), c]);
      const dy = randomTensor(y.shape, stream);
      const held = randomTensor(x.shape, stream);
      const dx = moved(globalAveragePoolGradient(dy, held, x.shape, sample), -1, held);
      expect(dot(dx.data, x.data)).toBeCloseTo(dot(dy.data, y.data), 9);
    }),
    { numRuns: 40, seed: 9 },
  );
  const map = tensorOf([1, 2, 2, 1], [1, 2, 3, 6]);
  expect([...globalAveragePool(map, undefined).data]).toEqual([3]);
});

test('sumGroups and spreadGroups are transposes, and sumGroups adds what is accumulated', () => {
  fc.assert(
    fc.property(small, small, small, fc.nat(), (groups, rows, outputs, seed) => {
      const stream = testStream(seed);
      const [x, dy] = [randomTensor([groups * rows, outputs], stream), randomTensor([rows, outputs], stream)];
      const forward = dot(sumGroups(x, undefined, groups, 0.3).data, dy.data);
      expect(dot(spreadGroups(dy, groups, 0.3).data, x.data)).toBeCloseTo(forward, 10);
    }),
    { numRuns: 30, seed: 10 },
  );
  const x = tensorOf([4, 1], [1, 2, 10, 20]);
  expect([...sumGroups(x, tensorOf([2, 1], [100, 200]), 2, 0.5).data]).toEqual([105.5, 211]);
  expect(() => sumGroups(x, undefined, 3, 1)).toThrow('3 groups');
});

test('add zeroes each term where its mask is <= 0', () => {
  const [a, b] = [tensorOf([3], [1, 2, 3]), tensorOf([3], [10, 20, 30])];
  const [maskA, maskB]: Tensor[] = [tensorOf([3], [1, 0, -1]), tensorOf([3], [0, 5, 5])];
  expect([...add(a, b, maskA, maskB).data]).toEqual([1, 20, 30]);
  expect([...add(a, b, undefined, maskB).data]).toEqual([1, 22, 33]);
  expect([...add(a, b, undefined, undefined).data]).toEqual([11, 22, 33]);
});
