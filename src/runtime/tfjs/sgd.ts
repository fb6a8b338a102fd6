import {
  add,
  equal,
  fill,
  isFinite as finiteOf,
  logicalAnd,
  logicalNot,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  where,
} from '@tensorflow/tfjs-core';
import type { SgdUpdate } from '../../graph/node.ts';
import type { Value, ValueId } from '../../graph/value.ts';
import type { NodeContext } from './context.ts';

/** A tensor that is to replace another. */
interface Move {
  readonly id: ValueId;
  readonly before: Tensor;
  readonly after: Tensor;
}

/**
 * PyTorch's SGD over the tensors of one range; a tensor without a gradient has gradient zero. Where a number would not be finite the
 * whole range stays as it is.
 */
export function runSgdUpdate(node: SgdUpdate, context: NodeContext): void {
  const moves = movesOf(node, context);
  const { guard } = node.inputs;
  if (guard === undefined) {
    for (const { id, after } of moves) context.set(id, after);
    return;
  }
  const set = context.tensor(guard);
  // Two by two: a kernel may read only so many tensors.
  const finite = finiteOf(moves.map(({ after }) => sum(after)).reduce((a, b) => add(a, b)));
  context.set(guard, where(logicalAnd(logicalNot(finite), equal(set, 0)), fill([1], node.module + 1), set));
  const moving = logicalAnd(reshape(finite, [1]), equal(set, 0));
  for (const { id, before, after } of moves) context.set(id, where(moving, after, before));
}

function movesOf(node: SgdUpdate, context: NodeContext): Move[] {
  const { nesterov } = node.attributes;
  const learningRate = context.scalar(node.attributes.learningRate);
  const momentum = context.scalar(node.attributes.momentum);
  const weightDecay = node.attributes.weightDecay === undefined ? 0 : context.scalar(node.attributes.weightDecay);
  const velocities = byOffset(context.parts(node.inputs.velocities));
  const gradients = node.inputs.gradients === undefined ? undefined : byOffset(context.parts(node.inputs.gradients));
  return context.parts(node.inputs.parameters).flatMap((parameter) => {
    const offset = parameter.part?.offset ?? 0;
    const velocity = velocities.get(offset);
    if (velocity === undefined) throw new Error(`no velocity for ${parameter.label}`);
    const p = context.tensor(parameter.id);
    const before = context.tensor(velocity.id);
    const gradient = withDecay(context.written(gradients?.get(offset)?.id), p, weightDecay);
    const kept = mul(before, momentum);
    const v = gradient === undefined ? kept : add(kept, gradient);
    const ahead = nesterov ? mul(v, momentum) : v;
    const move = nesterov && gradient !== undefined ? add(ahead, gradient) : ahead;
    return [
      { id: velocity.id, before, after: v },
      { id: parameter.id, before: p, after: sub(p, mul(move, learningRate)) },
    ];
  });
}

const byOffset = (parts: readonly Value[]): Map<number, Value> =>
  new Map(parts.map((value) => [value.part?.offset ?? 0, value]));

/** g = gradient + weightDecay * p, undefined where that is zero. */
function withDecay(gradient: Tensor | undefined, p: Tensor, weightDecay: number): Tensor | undefined {
  if (weightDecay === 0) return gradient;
  const decay = mul(p, weightDecay);
  return gradient === undefined ? decay : add(gradient, decay);
}
