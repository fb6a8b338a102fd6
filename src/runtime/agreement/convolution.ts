import fc from 'fast-check';
import { test } from 'vitest';
import type { Sample } from '../../graph/node.ts';
import type { Executor } from '../executor.ts';
import { expectAgreement } from './agreement.ts';
import { caseOf, sideBySide } from './cases.ts';

/** Odd and even sizes, strides 1 to 3, kernels 1 to 7, several weights, with and without patches. */
const shapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 7, max: 12 }),
    width: fc.integer({ min: 7, max: 12 }),
    inputs: fc.integer({ min: 1, max: 9 }),
    outputs: fc.integer({ min: 1, max: 9 }),
    form: fc.constantFrom(
      { kernel: 1, padding: 0 },
      { kernel: 3, padding: 1 },
      { kernel: 3, padding: 0 },
      { kernel: 7, padding: 3 },
      { kernel: 1, padding: 1 },
    ),
    stride: fc.constantFrom(1, 2, 3),
    grid: fc.constantFrom(0, 1, 2),
    sampledHeight: fc.integer({ min: 7, max: 10 }),
    sampledWidth: fc.integer({ min: 7, max: 10 }),
    weightsPerPatch: fc.boolean(),
    withBiases: fc.boolean(),
    seed: fc.nat(),
  })
  .map((shape) => {
    const { batch, grid, form, stride, inputs, outputs } = shape;
    const whole = grid === 0 ? undefined : { grid, first: 0, count: grid * grid };
    const sample: Sample | undefined = whole && { ...whole, height: shape.sampledHeight, width: shape.sampledWidth };
    const groups = shape.weightsPerPatch ? (sample?.count ?? batch) : 1;
    const size = (length: number) => Math.floor((length + 2 * form.padding - form.kernel) / stride) + 1;
    const rows = batch * (sample?.count ?? 1);
    const y = [rows, size(sample?.height ?? shape.height), size(sample?.width ?? shape.width), outputs];
    const x = [batch, shape.height, shape.width, inputs];
    const attributes = { stride, padding: form.padding, sample };
    return { ...shape, groups, x, y, attributes, weights: [form.kernel, form.kernel, inputs, outputs] };
  });

/** Channels by the dozen, as networks have them. */
const wideShapes = fc
  .record({
    images: fc.integer({ min: 1, max: 4 }),
    height: fc.integer({ min: 5, max: 9 }),
    width: fc.integer({ min: 5, max: 9 }),
    inputs: fc.constantFrom(8, 16, 18, 32, 64),
    outputs: fc.constantFrom(8, 16, 23, 32, 64),
    kernel: fc.constantFrom(1, 3),
    stride: fc.constantFrom(1, 2),
    weightsPerImage: fc.boolean(),
    seed: fc.nat(),
  })
  .map((shape) => {
    const { images, kernel, stride, inputs, outputs } = shape;
    const padding = (kernel - 1) / 2;
    const size = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
    return {
      ...shape,
      groups: shape.weightsPerImage ? images : 1,
      x: [images, shape.height, shape.width, inputs],
      y: [images, size(shape.height), size(shape.width), outputs],
      weights: [kernel, kernel, inputs, outputs],
      attributes: { stride, padding },
    };
  });

/** Declares the tests. @param runs random shapes for each */
export function testConvolutions(open: () => Promise<Executor>, runs: number): void {
  test('conv2d agrees with the interpreter', async () => {
    const property = fc.asyncProperty(shapes, (shape) =>
      expectAgreement(
        open(),
        caseOf(shape.seed, (builder) => {
          const { value, push } = builder;
          const x = value('x', shape.x, 'state');
          const weights = sideBySide(builder, 'weights', shape.weights, shape.groups);
          const biases = shape.withBiases ? sideBySide(builder, 'bias', [shape.outputs], shape.groups) : [];
          const y = value('y', shape.y, 'metric');
          push({ kind: 'conv2d', inputs: { x, weights, biases }, outputs: { y }, attributes: shape.attributes });
        }),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });

  test('its gradient to the input agrees, alone and added to a masked one', async () => {
    const property = fc.asyncProperty(shapes, fc.constantFrom(0, 1, 2), (shape, more) =>
      expectAgreement(
        open(),
        caseOf(shape.seed, (builder) => {
          const { value, push } = builder;
          const dy = value('dy', shape.y, 'state');
          const weights = sideBySide(builder, 'weights', shape.weights, shape.groups);
          const accumulate = more > 0 ? value('accumulate', shape.x, 'state') : undefined;
          const accumulateMask = more > 1 ? value('mask', shape.x, 'state') : undefined;
          const dx = value('dx', shape.x, 'metric');
          push({
            kind: 'conv2dInputGradient',
            inputs: { dy, weights, accumulate, accumulateMask },
            outputs: { dx },
            attributes: shape.attributes,
          });
        }),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 2 });
  });

  test('with many channels it and its gradients agree', async () => {
    const property = fc.asyncProperty(wideShapes, (shape) =>
      expectAgreement(
        open(),
        caseOf(shape.seed, (builder) => {
          const { value, push } = builder;
          const { attributes } = shape;
          const x = value('x', shape.x, 'state');
          const dy = value('dy', shape.y, 'state');
          const weights = sideBySide(builder, 'weights', shape.weights, shape.groups);
          const biases = sideBySide(builder, 'bias', [shape.outputs], shape.groups);
          const y = value('y', shape.y, 'metric');
          const dx = value('dx', shape.x, 'metric');
          push({ kind: 'conv2d', inputs: { x, weights, biases }, outputs: { y }, attributes });
          const before = { accumulate: x, accumulateMask: undefined };
          push({ kind: 'conv2dInputGradient', inputs: { dy, weights, ...before }, outputs: { dx }, attributes });
          const outputs = {
            dweights: sideBySide(builder, 'dweights', shape.weights, shape.groups),
            dbiases: sideBySide(builder, 'dbias', [shape.outputs], shape.groups),
          };
          const fresh = { ...attributes, accumulate: false };
          push({ kind: 'conv2dParameterGradient', inputs: { x, dy }, outputs, attributes: fresh });
        }),
        5e-6,
        1,
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 4 });
  }, 180_000);

  test('its gradients to weights and biases agree, alone and added to what is there', async () => {
    const property = fc.asyncProperty(shapes, fc.boolean(), (shape, accumulate) =>
      expectAgreement(
        open(),
        caseOf(shape.seed, (builder) => {
          const { value, push } = builder;
          const x = value('x', shape.x, 'state');
          const dy = value('dy', shape.y, 'state');
          const dweights = sideBySide(builder, 'dweights', shape.weights, shape.groups);
          const dbiases = shape.withBiases ? sideBySide(builder, 'dbias', [shape.outputs], shape.groups) : [];
          const attributes = { ...shape.attributes, accumulate };
          push({ kind: 'conv2dParameterGradient', inputs: { x, dy }, outputs: { dweights, dbiases }, attributes });
        }),
        5e-6,
        1,
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 3 });
  });

  test('at the size of ResNet-32 the filter gradient keeps its digits', async () => {
    await expectAgreement(
      open(),
      caseOf(5, ({ value, push }) => {
        const x = value('x', [16, 32, 32, 4], 'state');
        const dy = value('dy', [16, 32, 32, 4], 'state');
        const dweights = [value('dweights', [3, 3, 4, 4], 'metric')];
        const attributes = { stride: 1, padding: 1, accumulate: false };
        push({ kind: 'conv2dParameterGradient', inputs: { x, dy }, outputs: { dweights, dbiases: [] }, attributes });
      }),
    );
  });
}
