import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sample } from '../../graph/node.ts';
import { convolutionInputGradient, convolutionParameterGradient, convolve } from './convolution.ts';
import { samplePatches } from './sampling.ts';
import type { Tensor } from './tensor.ts';
import { directionalError, dot, moved, randomTensor, tensorOf, testStream } from './test-support.ts';

/** The definition, with no care for speed. */
function slowConvolve(
  x: Tensor,
  weights: readonly Tensor[],
  biases: readonly Tensor[],
  stride: number,
  padding: number,
) {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const [k, , , o] = (weights[0] as Tensor).shape as [number, number, number, number];
  const y: number[] = [];
  for (let row = 0; row < n; row++) {
    const weight = weights[Math.floor((row * weights.length) / n)] as Tensor;
    const bias = biases[Math.floor((row * weights.length) / n)];
    for (let top = -padding; top + k <= h + padding; top += stride) {
      for (let left = -padding; left + k <= w + padding; left += stride) {
        for (let out = 0; out < o; out++) {
          let sum = bias?.data[out] ?? 0;
          for (let ky = 0; ky < k; ky++) {
            for (let kx = 0; kx < k; kx++) {
              const [iy, ix] = [top + ky, left + kx];
              if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
              for (let q = 0; q < c; q++) {
                const pixel = x.data[((row * h + iy) * w + ix) * c + q] as number;
                sum += pixel * (weight.data[((ky * k + kx) * c + q) * o + out] as number);
              }
            }
          }
          y.push(sum);
        }
      }
    }
  }
  return y;
}

/** A random convolution: odd and even sizes, strides 1 and 2, kernels 1 and 3, several weights, with or without patches. */
const cases = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 4, max: 9 }),
    width: fc.integer({ min: 4, max: 9 }),
    inputs: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 6 }),
    kernel: fc.constantFrom(1, 3),
    stride: fc.constantFrom(1, 2),
    grid: fc.constantFrom(0, 1, 2),
    sampledHeight: fc.integer({ min: 1, max: 10 }),
    sampledWidth: fc.integer({ min: 1, max: 10 }),
    perPatch: fc.boolean(),
    withBiases: fc.boolean(),
    seed: fc.nat(),
  })
  .map((shape) => {
    const stream = testStream(shape.seed);
    const { kernel, stride, inputs, outputs, grid } = shape;
    const sample: Sample | undefined =
      grid === 0
        ? undefined
        : { grid, first: 0, count: grid * grid, height: shape.sampledHeight, width: shape.sampledWidth };
    // Without patches, rows can still be shared by several weights.
    const count = shape.perPatch ? (sample?.count ?? shape.batch) : 1;
    const x = randomTensor([shape.batch, shape.height, shape.width, inputs], stream);
    const weights = Array.from({ length: count }, () => randomTensor([kernel, kernel, inputs, outputs], stream));
    const biases = shape.withBiases ? weights.map(() => randomTensor([outputs], stream)) : [];
    const attributes = { stride, padding: kernel === 3 ? 1 : 0, sample };
    const y = convolve(x, weights, biases, attributes);
    return { x, weights, biases, attributes, y, dy: randomTensor(y.shape, stream), stream };
  });

const none = { weights: [], biases: [] };

test('convolve equals its definition', () => {
  fc.assert(
    fc.property(cases, ({ x, weights, biases, attributes, y }) => {
      const input = samplePatches(x, attributes.sample);
      const expected = slowConvolve(input, weights, biases, attributes.stride, attributes.padding);
      expect(y.data.length).toBe(expected.length);
      for (const [index, value] of expected.entries()) expect(y.data[index]).toBeCloseTo(value, 10);
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('the gradient to the input agrees with finite differences', () => {
  fc.assert(
    fc.property(cases, ({ x, weights, biases, attributes, dy, stream }) => {
      const gradient = convolutionInputGradient(dy, weights, undefined, undefined, x.shape, attributes);
      const loss = (at: Tensor): number => dot(convolve(at, weights, biases, attributes).data, dy.data);
      expect(directionalError(loss, gradient, x, stream)).toBeLessThan(1e-7);
    }),
    { numRuns: 60, seed: 4 },
  );
});

test('the gradients to weights and biases agree with finite differences', () => {
  fc.assert(
    fc.property(cases, ({ x, weights, biases, attributes, dy, stream }) => {
      const shapes = weights.map(({ shape }) => shape);
      const gradient = convolutionParameterGradient(x, dy, shapes, biases.length > 0, none, attributes);
      for (const [index, weight] of weights.entries()) {
        const loss = (at: Tensor): number =>
          dot(convolve(x, weights.with(index, at), biases, attributes).data, dy.data);
        expect(directionalError(loss, gradient.weights[index] as Tensor, weight, stream)).toBeLessThan(1e-7);
      }
      for (const [index, bias] of biases.entries()) {
        const loss = (at: Tensor): number =>
          dot(convolve(x, weights, biases.with(index, at), attributes).data, dy.data);
        expect(directionalError(loss, gradient.biases[index] as Tensor, bias, stream)).toBeLessThan(1e-7);
      }
    }),
    { numRuns: 40, seed: 5 },
  );
});

test('accumulated gradients add to what was there, masked where its mask is <= 0', () => {
  fc.assert(
    fc.property(cases, ({ x, weights, biases, attributes, dy, stream }) => {
      const plain = convolutionInputGradient(dy, weights, undefined, undefined, x.shape, attributes);
      const [held, mask] = [randomTensor(x.shape, stream), randomTensor(x.shape, stream)];
      const summed = convolutionInputGradient(dy, weights, held, mask, x.shape, attributes);
      const kept = { shape: x.shape, data: held.data.map((value, at) => ((mask.data[at] as number) <= 0 ? 0 : value)) };
      expect(summed.data).toEqual(moved(plain, 1, kept).data);

      const shapes = weights.map(({ shape }) => shape);
      const first = convolutionParameterGradient(x, dy, shapes, biases.length > 0, none, attributes);
      const second = convolutionParameterGradient(x, dy, shapes, biases.length > 0, first, attributes);
      for (const side of ['weights', 'biases'] as const) {
        for (const [index, once] of first[side].entries()) {
          for (const [at, value] of once.data.entries()) {
            expect(second[side][index]?.data[at]).toBeCloseTo(2 * value, 9);
          }
        }
      }
    }),
    { numRuns: 25, seed: 6 },
  );
});

test('a 3 x 3 stride 2 convolution pads one zero on every side, as PyTorch does', () => {
  const x = tensorOf([1, 4, 4, 1], [...Array(16).keys()]);
  const ones = tensorOf([3, 3, 1, 1], Array(9).fill(1));
  const y = convolve(x, [ones], [], { stride: 2, padding: 1 });
  expect(y.shape).toEqual([1, 2, 2, 1]);
  expect([...y.data]).toEqual([0 + 1 + 4 + 5, 1 + 2 + 3 + 5 + 6 + 7, 4 + 5 + 8 + 9 + 12 + 13, 90]);
});
