import type { GraphBuilder } from '../builder.ts';
import type { Normalise } from '../node.ts';
import type { PullbackRule } from '../pullback.ts';
import type { ValueId } from '../value.ts';

/** PyTorch's default (method.md 2). */
export const batchNormEpsilon = 1e-5;

export interface BatchStatisticsValues {
  readonly mean: ValueId;
  readonly variance: ValueId;
}

/** Scale and shift [C], and running statistics [C]: one of each, or one per group of rows. */
export interface BatchNormTensors {
  readonly gammas: readonly ValueId[];
  readonly betas: readonly ValueId[];
  readonly runningMeans: readonly ValueId[];
  readonly runningVariances: readonly ValueId[];
}

/** Appends the batch's mean and biased variance [groups,C] of x, moving the running statistics by `momentum` unless the graph's guard is set. */
export function batchStatistics(
  builder: GraphBuilder,
  x: ValueId,
  tensors: BatchNormTensors,
  options: { readonly groups: number; readonly momentum: number },
): BatchStatisticsValues {
  const shape = [options.groups, builder.shape(x).at(-1) as number];
  const [mean, variance] = builder.transientRange('statistics', ['mean', 'variance'], shape) as [ValueId, ValueId];
  const { runningMeans, runningVariances } = tensors;
  builder.append({
    kind: 'batchStatistics',
    inputs: { x, runningMeans, runningVariances, guard: builder.guard() },
    outputs: { mean, variance, runningMeans, runningVariances },
    attributes: options,
  });
  return { mean, variance };
}

export interface NormaliseOptions {
  readonly groups: number;
  readonly relu: boolean;
  readonly residual?: ValueId | undefined;
}

/** Appends y = act((x - mean)/sqrt(variance + epsilon) * gamma + beta [+ residual]), of x's shape. */
export function normalise(
  builder: GraphBuilder,
  x: ValueId,
  statistics: BatchStatisticsValues,
  tensors: Pick<BatchNormTensors, 'gammas' | 'betas'>,
  { groups, relu, residual }: NormaliseOptions,
): ValueId {
  const y = builder.add({ label: 'normalised', shape: builder.shape(x), role: 'activation' });
  builder.append({
    kind: 'normalise',
    inputs: { x, ...statistics, gammas: tensors.gammas, betas: tensors.betas, residual },
    outputs: { y },
    attributes: { groups, epsilon: batchNormEpsilon, relu },
  });
  return y;
}

/**
 * Pullback of statistics and normalisation together. A ReLU's mask is applied where the cotangent is read: from the
 * stored block output where there is a residual, else recomputed from x.
 */
export const pullNormalise: PullbackRule<Normalise> = (node, context) => {
  const { builder } = context;
  const { x, mean, variance, gammas, betas, residual } = node.inputs;
  const { groups, epsilon, relu } = node.attributes;
  const arriving = context.maskedCotangent(node.outputs.y);
  const mask = relu && residual !== undefined ? node.outputs.y : arriving.mask;
  const dy = arriving.value;
  context.contribute(x, () => {
    const { ids, accumulate } = context.parametersWanted
      ? builder.gradientsFor([...gammas, ...betas])
      : { ids: [], accumulate: false };
    const dx = builder.add({ label: 'normalisation gradient', shape: builder.shape(x), role: 'gradient' });
    builder.append({
      kind: 'batchNormGradient',
      inputs: { x, mean, variance, gammas, betas, dy, mask },
      outputs: { dx, dgammas: ids.slice(0, gammas.length), dbetas: ids.slice(gammas.length) },
      attributes: { groups, epsilon, relu: relu && residual === undefined, accumulate },
    });
    return dx;
  });
  if (residual !== undefined) context.pass(residual, mask === undefined ? { value: dy } : { value: dy, mask });
};
