import type { Conv2d } from '../../graph/node.ts';
import { elements } from '../../graph/value.ts';
import { addWindows, type ConvolutionGeometry, convolutionGeometry, windowsOf } from './columns.ts';
import { multiplyInto, rowMajor, transposed } from './matrix.ts';
import { sampledShape, samplePatches, samplePatchesTransposed } from './sampling.ts';
import { expectEqual, extents4, masked, ofGroup, type Tensor } from './tensor.ts';

type Attributes = Conv2d['attributes'];

/** Output pixels whose windows are laid out at once: few enough to stay in the cache. */
const pixelsAtOnce = 64;

/** Visits runs of at most `pixelsAtOnce` output pixels; no run crosses from one weight's rows into the next's. */
function forEachRun(
  g: ConvolutionGeometry,
  weightCount: number,
  visit: (weight: number, first: number, count: number) => void,
): void {
  if (weightCount === 0 || g.rows % weightCount !== 0)
    throw new Error(`${g.rows} rows cannot be shared by ${weightCount} weights`);
  const pixels = (g.rows / weightCount) * g.outputHeight * g.outputWidth;
  for (let weight = 0; weight < weightCount; weight++) {
    for (let done = 0; done < pixels; done += pixelsAtOnce) {
      visit(weight, weight * pixels + done, Math.min(pixelsAtOnce, pixels - done));
    }
  }
}

const windowBuffer = (g: ConvolutionGeometry): Float64Array => new Float64Array(pixelsAtOnce * g.window);

/**
 * conv2d: x [N,H,W,C] (or the patches of `sample`), weights [k,k,C,C'], biases [C'] or none -> y [N,H',W',C'], with
 * zeros of `padding` on each side and cross-correlation as in PyTorch (method.md 2). With several weights the rows are
 * that many equal runs, run g under weights[g] and biases[g]. Throws where shapes disagree.
 */
export function convolve(
  x: Tensor,
  weights: readonly Tensor[],
  biases: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  const input = samplePatches(x, attributes.sample);
  const g = convolutionGeometry(
    input.shape,
    ofGroup(weights, 0, weights.length).shape,
    attributes.stride,
    attributes.padding,
  );
  const channels = g.outputChannels;
  const shape = [g.rows, g.outputHeight, g.outputWidth, channels];
  const y = new Float64Array(elements(shape));
  const buffer = windowBuffer(g);
  forEachRun(g, weights.length, (index, first, count) => {
    const weight = ofGroup(weights, index, weights.length);
    expectEqual(weight.data.length, g.window * channels, 'length of the weights');
    if (biases.length > 0) addBias(y, ofGroup(biases, index, weights.length), channels, first, count);
    const windows = windowsOf(input, g, first, count, buffer);
    multiplyInto(y, first * channels, windows, rowMajor(weight.data, channels), count, g.window, channels);
  });
  return { shape, data: y };
}

function addBias(y: Float64Array, bias: Tensor, channels: number, first: number, count: number): void {
  expectEqual(bias.data.length, channels, 'length of the bias');
  for (let pixel = first; pixel < first + count; pixel++) y.set(bias.data, pixel * channels);
}

/**
 * conv2dInputGradient: dy [N,H',W',C'] -> dx of `shape` (the whole map [B,H,W,C] with `sample`, zero where no patch
 * reads) plus `accumulate`, itself zeroed where `accumulateMask` <= 0. The transpose of `convolve` in x. Throws where
 * shapes disagree.
 */
export function convolutionInputGradient(
  dy: Tensor,
  weights: readonly Tensor[],
  accumulate: Tensor | undefined,
  accumulateMask: Tensor | undefined,
  shape: readonly number[],
  attributes: Attributes,
): Tensor {
  const { sample, stride, padding } = attributes;
  const inputShape = sample === undefined ? shape : sampledShape(shape, sample);
  const g = convolutionGeometry(inputShape, ofGroup(weights, 0, weights.length).shape, stride, padding);
  expectGradient(dy, g);
  const channels = g.outputChannels;
  const dinput = new Float64Array(elements(inputShape));
  const windows = windowBuffer(g);
  forEachRun(g, weights.length, (index, first, count) => {
    const weight = ofGroup(weights, index, weights.length);
    windows.fill(0);
    const gradient = rowMajor(dy.data, channels, first * channels);
    multiplyInto(windows, 0, gradient, transposed(rowMajor(weight.data, channels)), count, channels, g.window);
    addWindows(dinput, g, first, count, windows);
  });
  const dx = samplePatchesTransposed({ shape: inputShape, data: dinput }, shape, sample);
  if (accumulate === undefined) return dx;
  return { shape, data: sum(dx.data, masked(accumulate.data, accumulateMask)) };
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  expectEqual(b.length, a.length, 'length of what is accumulated');
  return a.map((value, index) => value + (b[index] as number));
}

/**
 * conv2dParameterGradient: x [N,H,W,C] (or the patches of `sample`), dy [N,H',W',C'] -> one gradient [k,k,C,C'] per run of rows
 * (`weightShapes` long) and, where `withBiases`, one [C'] (dy summed over its pixels). `initial`, in the order weights
 * then biases, is what the sums start from. Throws where shapes disagree.
 */
export function convolutionParameterGradient(
  x: Tensor,
  dy: Tensor,
  weightShapes: readonly (readonly number[])[],
  withBiases: boolean,
  initial: { readonly weights: readonly (Tensor | undefined)[]; readonly biases: readonly (Tensor | undefined)[] },
  attributes: Attributes,
): { readonly weights: readonly Tensor[]; readonly biases: readonly Tensor[] } {
  const input = samplePatches(x, attributes.sample);
  const [firstShape] = weightShapes;
  if (firstShape === undefined) throw new Error('a gradient of at least one weight was expected');
  const g = convolutionGeometry(input.shape, firstShape, attributes.stride, attributes.padding);
  expectGradient(dy, g);
  const channels = g.outputChannels;
  const weights = weightShapes.map((shape, index) => start(shape, initial.weights[index]));
  const biases = withBiases ? weightShapes.map((_, index) => start([channels], initial.biases[index])) : [];
  const buffer = windowBuffer(g);
  forEachRun(g, weights.length, (index, first, count) => {
    const windows = transposed(windowsOf(input, g, first, count, buffer));
    const gradient = rowMajor(dy.data, channels, first * channels);
    const weight = ofGroup(weights, index, weights.length);
    multiplyInto(weight.data, 0, windows, gradient, g.window, count, channels);
    if (withBiases) addPixels(ofGroup(biases, index, weights.length).data, dy.data, first, count);
  });
  return { weights, biases };
}

const start = (shape: readonly number[], initial: Tensor | undefined): Tensor => ({
  shape,
  data: initial === undefined ? new Float64Array(elements(shape)) : initial.data.slice(),
});

function addPixels(dbias: Float64Array, dy: Float64Array, first: number, count: number): void {
  const channels = dbias.length;
  for (let pixel = first; pixel < first + count; pixel++) {
    for (let c = 0; c < channels; c++) dbias[c] = (dbias[c] as number) + (dy[pixel * channels + c] as number);
  }
}

function expectGradient(dy: Tensor, g: ConvolutionGeometry): void {
  const [rows, height, width, channels] = extents4(dy.shape);
  expectEqual(rows, g.rows, 'rows of dy');
  expectEqual(height, g.outputHeight, 'height of dy');
  expectEqual(width, g.outputWidth, 'width of dy');
  expectEqual(channels, g.outputChannels, 'channels of dy');
}
