import { add, clone, mul, step, type Tensor } from '@tensorflow/tfjs-core';
import type { Add, Copy, SpreadGroups, SumGroups } from '../../graph/node.ts';
import type { ValueId } from '../../graph/value.ts';
import type { NodeContext } from './context.ts';
import { poolRows, repeatRows } from './rows.ts';

/** `tensor` zeroed where `mask` <= 0; the tensor itself without a mask. */
export function masked<Kind extends Tensor>(tensor: Kind, mask: Tensor | undefined): Kind {
  return mask === undefined ? tensor : mul<Kind>(tensor, step(mask));
}

/** `tensor` plus what a gradient value already holds, where the node accumulates and something was written. */
export function accumulated(context: NodeContext, id: ValueId, accumulate: boolean, tensor: Tensor): Tensor {
  const before = accumulate ? context.written(id) : undefined;
  return before === undefined ? tensor : add(before, tensor);
}

/** y = a + b, each zeroed where its mask is <= 0. */
export function runAdd(node: Add, context: NodeContext): void {
  const { a, b, maskA, maskB } = node.inputs;
  const left = masked(context.tensor(a), context.written(maskA));
  const right = masked(context.tensor(b), context.written(maskB));
  context.set(node.outputs.y, add(left, right));
}

/** y = x. */
export function runCopy({ inputs, outputs }: Copy, context: NodeContext): void {
  context.set(outputs.y, clone(context.tensor(inputs.x)));
}

/** [G*B,O] -> [B,O], the sum over groups times a scale, plus an earlier sum. */
export function runSumGroups(node: SumGroups, context: NodeContext): void {
  const { groups, scale } = node.attributes;
  const sum = poolRows(context.tensor(node.inputs.x), groups);
  const scaled = scale === 1 ? sum : mul(sum, scale);
  const before = context.written(node.inputs.accumulate);
  context.set(node.outputs.y, before === undefined ? clone(scaled) : add(before, scaled));
}

/** [B,O] -> [G*B,O]: every group receives the scaled cotangent. */
export function runSpreadGroups(node: SpreadGroups, context: NodeContext): void {
  const { groups, scale } = node.attributes;
  context.set(node.outputs.dx, repeatRows(mul(context.tensor(node.inputs.dy), scale), groups));
}
