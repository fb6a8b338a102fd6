import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, l2Normalise, l2NormaliseGradient } from './contrast.ts';
import { binaryCrossEntropy, softmaxCrossEntropy } from './losses.ts';
import { samplePatches } from './sampling.ts';
import type { Tensor } from './tensor.ts';
import { directionalError, dot, randomTensor, tensorOf, testStream } from './test-support.ts';

const small = fc.integer({ min: 1, max: 6 });

const labelsOf = (rows: number, classes: number, next: (bound: number) => number): Tensor =>
  tensorOf(
    [rows],
    Array.from({ length: rows }, () => next(classes)),
  );

test('cross-entropy: hand-computed sum and hits, padding rows ignored, ties go to the first class', () => {
  const logits = tensorOf([3, 2], [0, Math.log(3), 5, 5, 1, 2]);
  const { metric, dlogits } = softmaxCrossEntropy(logits, tensorOf([3], [1, 0, -1]), 6);
  expect(metric.data[0]).toBeCloseTo(Math.log(4 / 3) + Math.log(2), 12);
  expect(metric.data[1]).toBe(2);
  const expected = [0.5, -0.5, -1, 1, 0, 0];
  for (const [at, value] of expected.entries()) expect(dlogits.data[at]).toBeCloseTo(value, 12);
  expect(() => softmaxCrossEntropy(logits, tensorOf([3], [2, 0, 0]), 1)).toThrow('label 2 of row 0');
});

test('the gradient of cross-entropy agrees with finite differences', () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 2, max: 11 }), fc.nat(), (rows, classes, seed) => {
      const stream = testStream(seed);
      const logits = randomTensor([rows, classes], stream);
      const labels = labelsOf(rows, classes, stream.below);
      const loss = (at: Tensor) => (0.7 * (softmaxCrossEntropy(at, labels, 0.7).metric.data[0] as number)) / rows;
      const { dlogits } = softmaxCrossEntropy(logits, labels, 0.7);
      expect(directionalError(loss, dlogits, logits, stream)).toBeLessThan(1e-7);
    }),
    { numRuns: 40, seed: 11 },
  );
});

test('binary cross-entropy equals -t log p - (1-t) log(1-p) per patch, and its gradient finite differences', () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 2, max: 5 }), fc.constantFrom(1, 2), fc.nat(), (batch, size, grid, seed) => {
      const stream = testStream(seed);
      const first = stream.below(grid * grid);
      const groups = 1 + stream.below(grid * grid - first);
      const patch = Math.floor(size / grid);
      const attributes = { weight: 'w', scale: 0.25, grid, first, groups, mean: [0.5, 0.4, 0.3], std: [0.1, 0.2, 0.1] };
      const image = randomTensor([batch, size, size, 3], stream);
      const logits = randomTensor([groups * batch, patch, patch, 3], stream);
      const { metric, dlogits } = binaryCrossEntropy(logits, image, 3, attributes);
      const targets = samplePatches(image, { grid, first, count: groups, height: patch, width: patch }).data;
      let sum = 0;
      for (const [at, z] of logits.data.entries()) {
        const t = (targets[at] as number) * (attributes.std[at % 3] as number) + (attributes.mean[at % 3] as number);
        const p = 1 / (1 + Math.exp(-z));
        sum -= t * Math.log(p) + (1 - t) * Math.log(1 - p);
      }
      expect(metric.data[0]).toBeCloseTo((0.25 * sum * groups) / logits.data.length, 10);
      const loss = (at: Tensor) => 3 * (binaryCrossEntropy(at, image, 3, attributes).metric.data[0] as number);
      expect(directionalError(loss, dlogits, logits, stream)).toBeLessThan(1e-7);
    }),
    { numRuns: 30, seed: 12 },
  );
});

test('l2Normalise gives unit rows, passes small ones through a constant, and its gradient agrees', () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 2, max: 6 }), fc.nat(), (rows, width, seed) => {
      const stream = testStream(seed);
      const [x, dy] = [randomTensor([rows, width], stream), randomTensor([rows, width], stream)];
      const y = l2Normalise(x).data;
      for (let row = 0; row < rows; row++)
        expect(Math.hypot(...y.subarray(row * width, (row + 1) * width))).toBeCloseTo(1, 12);
      const loss = (at: Tensor) => dot(l2Normalise(at).data, dy.data);
      expect(directionalError(loss, l2NormaliseGradient(x, dy), x, stream, 1e-6)).toBeLessThan(1e-7);
    }),
    { numRuns: 40, seed: 13 },
  );
  expect([...l2Normalise(tensorOf([2, 2], [0, 0, 3e-13, 4e-13])).data]).toEqual([0, 0, 0.3, 0.4]);
  expect([...l2NormaliseGradient(tensorOf([1, 2], [0, 0]), tensorOf([1, 2], [1, 2])).data]).toEqual([1e12, 2e12]);
});

/** The formula of method.md 3, letter by letter. */
function slowContrast(f: Tensor, labels: Tensor, temperature: number): number {
  const [rows, width] = f.shape as [number, number];
  const row = (a: number) => f.data.subarray(a * width, (a + 1) * width);
  const indices = [...Array(rows).keys()];
  const losses = indices.map((a) => {
    const s = indices.map((q) => dot(row(a), row(q)) / temperature);
    const largest = Math.max(...s);
    const shifted = s.map((value) => value - largest);
    const others = indices.filter((q) => q !== a);
    const positives = others.filter((p) => labels.data[p] === labels.data[a]);
    const logarithm = Math.log(others.reduce((sum, q) => sum + Math.exp(shifted[q] as number), 0));
    const sum = positives.reduce((total, p) => total + (shifted[p] as number) - logarithm, 0);
    return -sum / Math.max(1, positives.length);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / rows;
}

test('contrast equals the literal formula and its gradient finite differences', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), small, fc.nat(), (rows, width, seed) => {
      const stream = testStream(seed);
      const features = l2Normalise(randomTensor([rows, width], stream));
      const labels = labelsOf(rows, 3, stream.below);
      const { metric, dfeatures } = contrast(features, labels, 0.5, 0.07);
      expect(metric.data[0]).toBeCloseTo(slowContrast(features, labels, 0.07), 10);
      const loss = (at: Tensor) => 0.5 * (contrast(at, labels, 0.5, 0.07).metric.data[0] as number);
      expect(directionalError(loss, dfeatures, features, stream, 1e-6)).toBeLessThan(1e-6);
    }),
    { numRuns: 40, seed: 14 },
  );
});
