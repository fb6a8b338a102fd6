import { add, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { SgdUpdate } from '../../graph/node.ts';
import type { Value } from '../../graph/value.ts';
import type { NodeContext } from './context.ts';

/** PyTorch's SGD over the tensors of one range; a tensor without a gradient has gradient zero. */
export function runSgdUpdate(node: SgdUpdate, context: NodeContext): void {
  const { nesterov } = node.attributes;
  const learningRate = context.scalar(node.attributes.learningRate);
  const momentum = context.scalar(node.attributes.momentum);
  const weightDecay = node.attributes.weightDecay === undefined ? 0 : context.scalar(node.attributes.weightDecay);
  const velocities = byOffset(context.parts(node.inputs.velocities));
  const gradients = node.inputs.gradients === undefined ? undefined : byOffset(context.parts(node.inputs.gradients));
  for (const parameter of context.parts(node.inputs.parameters)) {
    const offset = parameter.part?.offset ?? 0;
    const velocity = velocities.get(offset);
    if (velocity === undefined) throw new Error(`no velocity for ${parameter.label}`);
    const p = context.tensor(parameter.id);
    const gradient = withDecay(context.written(gradients?.get(offset)?.id), p, weightDecay);
    const kept = mul(context.tensor(velocity.id), momentum);
    const v = gradient === undefined ? kept : add(kept, gradient);
    const ahead = nesterov ? mul(v, momentum) : v;
    const move = nesterov && gradient !== undefined ? add(ahead, gradient) : ahead;
    context.set(velocity.id, v);
    context.set(parameter.id, sub(p, mul(move, learningRate)));
  }
}

const byOffset = (parts: readonly Value[]): Map<number, Value> =>
  new Map(parts.map((value) => [value.part?.offset ?? 0, value]));

/** g = gradient + weightDecay * p, undefined where that is zero. */
function withDecay(gradient: Tensor | undefined, p: Tensor, weightDecay: number): Tensor | undefined {
  if (weightDecay === 0) return gradient;
  const decay = mul(p, weightDecay);
  return gradient === undefined ? decay : add(gradient, decay);
}
