import type { GraphBuilder } from '../builder.ts';
import type { Conv2d, Sample } from '../node.ts';
import type { PullbackRule } from '../pullback.ts';
import type { ValueId } from '../value.ts';

export interface ConvolutionOptions {
  readonly stride: number;
  readonly padding: number;
  readonly sample?: Sample | undefined;
  readonly biases?: readonly ValueId[];
}

/** Shape of the image a convolution sees: the whole map [N,H,W,C], or its sampled patches [count*N,height,width,C]. */
export function sampledShape(
  shape: readonly number[],
  sample: Sample | undefined,
): readonly [number, number, number, number] {
  const [rows, height, width, channels] = shape as [number, number, number, number];
  if (sample === undefined) return [rows, height, width, channels];
  return [rows * sample.count, sample.height, sample.width, channels];
}

/** Appends a convolution of x [N,H,W,C] with weights [k,k,C,C'] (one, or one per group of rows); returns y [N',H',W',C']. */
export function conv2d(
  builder: GraphBuilder,
  x: ValueId,
  weights: readonly ValueId[],
  options: ConvolutionOptions,
): ValueId {
  const { stride, padding, sample, biases = [] } = options;
  const [rows, height, width] = sampledShape(builder.shape(x), sample);
  const [kernel, , , channels] = builder.shape(weights[0] as ValueId) as [number, number, number, number];
  const size = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  const shape = [rows, size(height), size(width), channels];
  const y = builder.add({ label: 'convolution', shape, role: 'activation' });
  builder.append({
    kind: 'conv2d',
    inputs: { x, weights, biases },
    outputs: { y },
    attributes: { stride, padding, sample },
  });
  return y;
}

/** Pullback of conv2d: the filter gradient where parameters are wanted, the input gradient where x needs one. */
export const pullConv2d: PullbackRule<Conv2d> = (node, context) => {
  const { builder } = context;
  const { x, weights, biases } = node.inputs;
  const { stride, padding, sample } = node.attributes;
  const dy = context.cotangent(node.outputs.y);
  if (context.parametersWanted) {
    const { ids, accumulate } = builder.gradientsFor([...weights, ...biases]);
    builder.append({
      kind: 'conv2dParameterGradient',
      inputs: { x: context.saved(x), dy },
      outputs: { dweights: ids.slice(0, weights.length), dbiases: ids.slice(weights.length) },
      attributes: { stride, padding, sample, accumulate },
    });
  }
  context.contribute(x, (existing) => {
    const dx = builder.add({ label: 'input gradient', shape: builder.shape(x), role: 'gradient' });
    builder.append({
      kind: 'conv2dInputGradient',
      inputs: { dy, weights, accumulate: existing?.value, accumulateMask: existing?.mask },
      outputs: { dx },
      attributes: { stride, padding, sample },
    });
    return dx;
  });
};
