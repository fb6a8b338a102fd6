import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { relativeError, testStream, wasmExecutor } from '../agreement/agreement.ts';
import { directFilterGradient, filterGradient } from './convolution-filter-gradient.ts';

await wasmExecutor();

test('the direct kernel and the detour through a convolution give the same filter gradient', () => {
  const shapes = fc.record({
    images: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 3, max: 40 }),
    width: fc.integer({ min: 3, max: 12 }),
    channels: fc.integer({ min: 1, max: 9 }),
    outputs: fc.integer({ min: 1, max: 21 }),
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 2 }),
    seed: fc.nat(),
  });
  const property = fc.property(shapes, ({ images, height, width, channels, outputs, seed, ...shape }) => {
    fc.pre(Math.min(height, width) + 2 * shape.padding >= shape.kernel);
    const stream = testStream(seed);
    const random = (lengths: [number, number, number, number]): Tensor4D =>
      tensor4d(
        Float32Array.from({ length: lengths.reduce((a, b) => a * b) }, () => stream.normal()),
        lengths,
      );
    const size = (length: number) => Math.floor((length + 2 * shape.padding - shape.kernel) / shape.stride) + 1;
    const x = random([images, height, width, channels]);
    const dy = random([images, size(height), size(width), outputs]);
    const [direct, detour] = [directFilterGradient(x, dy, shape), filterGradient(x, dy, shape)];
    expect(direct.shape).toEqual(detour.shape);
    expect(relativeError(direct.dataSync(), detour.dataSync(), 1)).toBeLessThan(5e-6);
    for (const tensor of [x, dy, direct, detour]) tensor.dispose();
  });
  fc.assert(property, { numRuns: 100, seed: 1 });
});
