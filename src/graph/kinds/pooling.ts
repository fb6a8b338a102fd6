import type { GraphBuilder } from '../builder.ts';
import type { GlobalAveragePool, Sample, SumGroups } from '../node.ts';
import type { PullbackRule } from '../pullback.ts';
import type { ValueId } from '../value.ts';

/** Appends the mean over pixels: x [B,H,W,C] -> [B,C], or [count*B,C] over patches. `into` names an existing value to write. */
export function globalAveragePool(builder: GraphBuilder, x: ValueId, sample?: Sample, into?: ValueId): ValueId {
  const [batch, , , channels] = builder.shape(x) as [number, number, number, number];
  const shape = [batch * (sample?.count ?? 1), channels];
  const y = into ?? builder.add({ label: 'pooled', shape, role: 'activation' });
  builder.append({ kind: 'globalAveragePool', inputs: { x }, outputs: { y }, attributes: { sample } });
  return y;
}

export const pullGlobalAveragePool: PullbackRule<GlobalAveragePool> = (node, context) => {
  const { builder } = context;
  const { x } = node.inputs;
  const dy = context.cotangent(node.outputs.y);
  context.contribute(x, (existing) => {
    const dx = builder.add({ label: 'pool gradient', shape: builder.shape(x), role: 'gradient' });
    builder.append({
      kind: 'globalAveragePoolGradient',
      inputs: { dy, accumulate: existing?.value },
      outputs: { dx },
      attributes: { sample: node.attributes.sample },
    });
    return dx;
  });
};

/** Appends y [B,O] = scale * sum over groups of x [groups*B,O] (+ accumulate [B,O]), in row-major order of the patches. */
export function sumGroups(
  builder: GraphBuilder,
  x: ValueId,
  options: { readonly groups: number; readonly scale: number; readonly accumulate?: ValueId | undefined },
): ValueId {
  const [rows, width] = builder.shape(x) as [number, number];
  const { groups, scale, accumulate } = options;
  const y = builder.add({ label: 'mean over patches', shape: [rows / groups, width], role: 'activation' });
  builder.append({ kind: 'sumGroups', inputs: { x, accumulate }, outputs: { y }, attributes: { groups, scale } });
  return y;
}

export const pullSumGroups: PullbackRule<SumGroups> = (node, context) => {
  const { builder } = context;
  const { x } = node.inputs;
  const dy = context.cotangent(node.outputs.y);
  context.contribute(x, () => {
    const dx = builder.add({ label: 'patch gradient', shape: builder.shape(x), role: 'gradient' });
    builder.append({ kind: 'spreadGroups', inputs: { dy }, outputs: { dx }, attributes: node.attributes });
    return dx;
  });
};
