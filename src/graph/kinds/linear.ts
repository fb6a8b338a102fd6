import type { GraphBuilder } from '../builder.ts';
import type { L2Normalise, Linear } from '../node.ts';
import type { PullbackRule } from '../pullback.ts';
import type { ValueId } from '../value.ts';

export interface LinearOptions {
  readonly relu: boolean;
  /** Makes the output a metric of this label, to be read after the run. */
  readonly metric?: string | undefined;
}

/** Appends y [N,O] = x [N,I] * weight [I,O] + bias [O], through a ReLU where `relu`. */
export function linear(
  builder: GraphBuilder,
  x: ValueId,
  weight: ValueId,
  bias: ValueId,
  { relu, metric }: LinearOptions,
): ValueId {
  const shape = [builder.shape(x)[0] as number, builder.shape(weight)[1] as number];
  const label = metric ?? (relu ? 'hidden' : 'linear');
  const y = builder.add({ label, shape, role: metric === undefined ? 'activation' : 'metric' });
  builder.append({ kind: 'linear', inputs: { x, weight, bias }, outputs: { y }, attributes: { relu } });
  return y;
}

export const pullLinear: PullbackRule<Linear> = (node, context) => {
  const { builder } = context;
  const { x, weight, bias } = node.inputs;
  const dy = context.cotangent(node.outputs.y);
  const mask = node.attributes.relu ? node.outputs.y : undefined;
  if (context.parametersWanted) {
    const { ids, accumulate } = builder.gradientsFor([weight, bias]);
    builder.append({
      kind: 'linearParameterGradient',
      inputs: { x, dy, mask },
      outputs: { dweight: ids[0] as ValueId, dbias: ids[1] as ValueId },
      attributes: { accumulate },
    });
  }
  context.contribute(x, () => {
    const dx = builder.add({ label: 'linear gradient', shape: builder.shape(x), role: 'gradient' });
    builder.append({ kind: 'linearInputGradient', inputs: { dy, weight, mask }, outputs: { dx }, attributes: {} });
    return dx;
  });
};

/** Appends the rows of x [B,D] scaled to unit length. */
export function l2Normalise(builder: GraphBuilder, x: ValueId): ValueId {
  const y = builder.add({ label: 'unit features', shape: builder.shape(x), role: 'activation' });
  builder.append({ kind: 'l2Normalise', inputs: { x }, outputs: { y }, attributes: {} });
  return y;
}

export const pullL2Normalise: PullbackRule<L2Normalise> = (node, context) => {
  const { builder } = context;
  const { x } = node.inputs;
  const dy = context.cotangent(node.outputs.y);
  context.contribute(x, () => {
    const dx = builder.add({ label: 'feature gradient', shape: builder.shape(x), role: 'gradient' });
    builder.append({ kind: 'l2NormaliseGradient', inputs: { x, dy }, outputs: { dx }, attributes: {} });
    return dx;
  });
};
