import { add, matMul, relu, type Tensor1D, type Tensor2D, transpose } from '@tensorflow/tfjs-core';
import type { Linear, LinearInputGradient, LinearParameterGradient } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';
import { accumulated, masked } from './elementwise.ts';
import { rowSum } from './rows.ts';

/** y = x * weight + bias, through a ReLU where wanted. */
export function runLinear(node: Linear, context: NodeContext): void {
  const product = matMul(context.tensor<Tensor2D>(node.inputs.x), context.tensor<Tensor2D>(node.inputs.weight));
  const line = add(product, context.tensor<Tensor1D>(node.inputs.bias));
  context.set(node.outputs.y, node.attributes.relu ? relu(line) : line);
}

/** dx = dy * weight^T. The transposed operand is made first: tfjs-wasm multiplies fast only as stored. */
export function runLinearInputGradient(node: LinearInputGradient, context: NodeContext): void {
  const dy = masked(context.tensor<Tensor2D>(node.inputs.dy), context.written(node.inputs.mask));
  context.set(node.outputs.dx, matMul(dy, transpose(context.tensor<Tensor2D>(node.inputs.weight))));
}

/** dweight = x^T * dy, dbias = the sum of dy over rows. */
export function runLinearParameterGradient(node: LinearParameterGradient, context: NodeContext): void {
  const { accumulate } = node.attributes;
  const { dweight, dbias } = node.outputs;
  const dy = masked(context.tensor<Tensor2D>(node.inputs.dy), context.written(node.inputs.mask));
  const product = matMul(transpose(context.tensor<Tensor2D>(node.inputs.x)), dy);
  context.set(dweight, accumulated(context, dweight, accumulate, product));
  context.set(dbias, accumulated(context, dbias, accumulate, rowSum(dy)));
}
