import { describe, expect, it } from 'vitest';
import { permutation, randomStream } from '../base/random.ts';
import type { ImageSet } from './dataset.ts';
import { imagesOf } from './image-store.fakes.ts';
import { createSynthetic } from './synthetic.ts';

describe('the synthetic set', () => {
  it('has the sizes asked for, ten balanced classes and sane pixels', () => {
    const dataset = createSynthetic(3, { train: 200, test: 100 });
    expect([dataset.train.images.count, dataset.train.images.stride]).toEqual([200, 32 * 32 * 3]);
    expect(dataset.train.labels.length).toBe(200);
    expect(dataset.test.count).toBe(100);
    expect(dataset.classNames.length).toBe(10);
    for (let label = 0; label < 10; label++) {
      expect(dataset.test.labels.filter((other) => other === label).length).toBe(10);
    }
    const { mean, std } = moments(dataset.train);
    expect(Math.abs(mean - (dataset.format.mean[0] ?? 0))).toBeLessThan(0.05);
    expect(Math.abs(std - (dataset.format.std[0] ?? 0))).toBeLessThan(0.05);
  });

  it('gives the same bytes for one seed and other bytes for another', () => {
    const sizes = { train: 60, test: 20 };
    const first = createSynthetic(1, sizes);
    const again = createSynthetic(1, sizes);
    expect(Buffer.compare(imagesOf(again.train), imagesOf(first.train))).toBe(0);
    expect(again.checksum).toBe(first.checksum);
    const other = createSynthetic(2, sizes);
    expect(Buffer.compare(imagesOf(other.train), imagesOf(first.train))).not.toBe(0);
    expect(other.checksum).not.toBe(first.checksum);
  });

  it('draws the same bytes as it always has', () => {
    expect(createSynthetic(1, { train: 500, test: 100 }).checksum).toBe('82cfc4cd61346514f39a315a32bc6f56');
  });

  it('draws a smaller set as the start of a larger one, and the test set apart', () => {
    const small = createSynthetic(1, { train: 20, test: 20 });
    const large = createSynthetic(1, { train: 50, test: 20 });
    const drawn = imagesOf(small.train);
    expect(Buffer.compare(imagesOf(large.train).subarray(0, drawn.length), drawn)).toBe(0);
    expect(Buffer.compare(imagesOf(small.test), drawn)).not.toBe(0);
  });

  it('keeps a linear model on raw pixels under 60 % of the test images', () => {
    const { train, test } = createSynthetic(1, { train: 800, test: 400 });
    const trainPixels = pixelsOf(train);
    const model = fitSoftmaxRegression(trainPixels, train.labels, 10);
    const known = accuracyOf(model, trainPixels, train.labels);
    const accuracy = accuracyOf(model, pixelsOf(test), test.labels);
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `softmax regression on pixels: ${percent(known)} of its training, ${percent(accuracy)} of the test images`,
    );
    expect(known).toBeGreaterThan(0.5);
    expect(accuracy).toBeLessThan(0.6);
  });
});

function moments(set: ImageSet): { mean: number; std: number } {
  let sum = 0;
  let squares = 0;
  const bytes = imagesOf(set);
  for (const byte of bytes) {
    sum += byte / 255;
    squares += (byte / 255) ** 2;
  }
  const mean = sum / bytes.length;
  return { mean, std: Math.sqrt(squares / bytes.length - mean * mean) };
}

/** [10][pixels + 1], the bias last. */
type Linear = readonly Float32Array[];

/** Each image in -0.5..0.5, and a 1 for the bias. */
function pixelsOf(set: ImageSet): Float32Array[] {
  const size = set.images.stride;
  const bytes = imagesOf(set);
  return Array.from({ length: set.count }, (_, index) => {
    const x = new Float32Array(size + 1).fill(1);
    for (let at = 0; at < size; at++) x[at] = (bytes[index * size + at] as number) / 255 - 0.5;
    return x;
  });
}

/** Softmax regression by stochastic gradient descent, one image at a time, with a falling rate. */
function fitSoftmaxRegression(images: readonly Float32Array[], labels: Uint16Array, epochs: number): Linear {
  const size = images[0]?.length ?? 0;
  const model = Array.from({ length: 10 }, () => new Float32Array(size));
  const stream = randomStream(1, 'probe');
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 0.003 * (1 - epoch / epochs);
    for (const index of permutation(images.length, stream)) {
      const x = images[index] as Float32Array;
      const scores = scoresOf(model, x);
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const total = odds.reduce((sum, value) => sum + value, 0);
      for (let label = 0; label < 10; label++) {
        const error = (odds[label] as number) / total - (label === labels[index] ? 1 : 0);
        addScaled(model[label] as Float32Array, x, -rate * error);
      }
    }
  }
  return model;
}

function addScaled(weights: Float32Array, x: Float32Array, scale: number): void {
  for (let at = 0; at < x.length; at++) weights[at] = (weights[at] as number) + scale * (x[at] as number);
}

function accuracyOf(model: Linear, images: readonly Float32Array[], labels: Uint16Array): number {
  const hits = images.filter((x, index) => {
    const scores = scoresOf(model, x);
    return scores.indexOf(Math.max(...scores)) === labels[index];
  });
  return hits.length / images.length;
}

const scoresOf = (model: Linear, x: Float32Array): number[] => model.map((weights) => dot(weights, x));

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
