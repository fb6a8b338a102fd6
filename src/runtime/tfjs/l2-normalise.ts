import { div, maximum, mul, sqrt, square, step, sub, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import type { L2Normalise, L2NormaliseGradient } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';

/** Shortest length a row is divided by (PyTorch's normalize). */
const shortest = 1e-12;

const lengths = (x: Tensor2D): Tensor2D => sqrt(sum<Tensor2D>(square(x), 1, true));

/** y = x / max(|x|, 1e-12), row by row. */
export function runL2Normalise(node: L2Normalise, context: NodeContext): void {
  const x = context.tensor<Tensor2D>(node.inputs.x);
  context.set(node.outputs.y, div(x, maximum(lengths(x), shortest)));
}

/** dx = (dy - y (y . dy)) / |x|; a row too short to be normalised is only scaled. */
export function runL2NormaliseGradient(node: L2NormaliseGradient, context: NodeContext): void {
  const x = context.tensor<Tensor2D>(node.inputs.x);
  const dy = context.tensor<Tensor2D>(node.inputs.dy);
  const length = lengths(x);
  const divisor = maximum(length, shortest);
  const y = div(x, divisor);
  const along = mul(sum(mul(y, dy), 1, true), step(sub(length, shortest)));
  context.set(node.outputs.dx, div(sub(dy, mul(y, along)), divisor));
}
