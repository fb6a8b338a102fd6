import { add, fused, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Conv2d, Conv2dInputGradient, Conv2dParameterGradient } from '../../graph/node.ts';
import type { ValueId } from '../../graph/value.ts';
import type { NodeContext } from './context.ts';
import { directFilterGradient, filterGradient } from './convolution-filter-gradient.ts';
import { inputGradient } from './convolution-input-gradient.ts';
import { accumulated, masked } from './elementwise.ts';
import { sampled, unsampled } from './patches.ts';
import { channelSum, groupRows, stackRows } from './rows.ts';

/** Convolution with PyTorch's padding, each group of rows with its own weights. */
export function runConv2d(node: Conv2d, context: NodeContext): void {
  const { stride, padding, sample } = node.attributes;
  const { weights, biases } = node.inputs;
  const x = sampled(context.tensor(node.inputs.x), sample);
  const outputs = weights.map((id, index) => {
    const bias = context.written<Tensor1D>(biases[index]);
    return fused.conv2d({
      x: groupRows(x, weights.length, index),
      filter: context.tensor<Tensor4D>(id),
      strides: stride,
      pad: padding,
      ...(bias === undefined ? {} : { bias }),
    });
  });
  context.set(node.outputs.y, stackRows(outputs));
}

/** dy -> dx, plus an earlier gradient (masked) where there is one. */
export function runConv2dInputGradient(node: Conv2dInputGradient, context: NodeContext): void {
  const { stride, padding, sample } = node.attributes;
  const { weights } = node.inputs;
  const dy = context.tensor<Tensor4D>(node.inputs.dy);
  const [, mapHeight, mapWidth] = context.value(node.outputs.dx).shape as [number, number, number, number];
  const height = sample?.height ?? mapHeight;
  const width = sample?.width ?? mapWidth;
  const parts = weights.map((id, index) =>
    inputGradient(groupRows(dy, weights.length, index), context.tensor<Tensor4D>(id), {
      stride,
      padding,
      height,
      width,
    }),
  );
  const dx = unsampled(stackRows(parts), sample, mapHeight, mapWidth);
  const before = context.written<Tensor4D>(node.inputs.accumulate);
  const sum = before === undefined ? dx : add(dx, masked(before, context.written(node.inputs.accumulateMask)));
  context.set(node.outputs.dx, sum);
}

/** x, dy -> gradient of each group's weights and biases. */
export function runConv2dParameterGradient(node: Conv2dParameterGradient, context: NodeContext): void {
  const { stride, padding, sample, accumulate } = node.attributes;
  const { dweights, dbiases } = node.outputs;
  const x = sampled(context.tensor(node.inputs.x), sample);
  const dy = context.tensor<Tensor4D>(node.inputs.dy);
  const write = (id: ValueId, gradient: Tensor) => context.set(id, accumulated(context, id, accumulate, gradient));
  dweights.forEach((id, index) => {
    const [kernel] = context.value(id).shape as [number, number, number, number];
    const rows = groupRows(x, dweights.length, index);
    const gradient = context.hasFilterGradient ? directFilterGradient : filterGradient;
    write(id, gradient(rows, groupRows(dy, dweights.length, index), { kernel, stride, padding }));
  });
  dbiases.forEach((id, index) => {
    write(id, channelSum(groupRows(dy, dbiases.length, index)));
  });
}
