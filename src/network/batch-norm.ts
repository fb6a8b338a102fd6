import type { GraphBuilder, ParameterRange, TensorShape } from '../graph/builder.ts';
import {
  type BatchNormTensors,
  type BatchStatisticsValues,
  batchStatistics,
  type NormaliseOptions,
  normalise,
} from '../graph/kinds/batch-normalisation.ts';
import type { ValueId } from '../graph/value.ts';

/**
 * Which statistics a batch normalisation uses: the batch's (moving the running ones by `momentum`, and noting what it
 * computed in `record`), those noted by an earlier pass over the same values, in order, or the running ones.
 */
export type BatchNormMode =
  | { readonly kind: 'train'; readonly momentum: number; readonly record?: BatchStatisticsValues[] }
  | { readonly kind: 'again'; readonly recorded: BatchStatisticsValues[] }
  | { readonly kind: 'evaluate' };

/** Momentum of running statistics that the released code moves `times` times a step with equal values (method.md 4). */
export const runningMomentum = (times: number): number => 1 - 0.9 ** times;

/** Scale and shift of a batch normalisation over `channels`. */
export function batchNormTensors(name: string, channels: number): TensorShape[] {
  return [
    { name: `${name}.weight`, shape: [channels], initial: { kind: 'constant', value: 1 } },
    { name: `${name}.bias`, shape: [channels], initial: { kind: 'constant', value: 0 } },
  ];
}

/** The tensors of the batch normalisations called `names` in one owner: one, or one per group of rows. */
export function batchNormOf(builder: GraphBuilder, range: ParameterRange, names: readonly string[]): BatchNormTensors {
  const parameter = (name: string) => range.tensors.get(name) as ValueId;
  const running = (statistic: 'running_mean' | 'running_var', value: number): TensorShape[] =>
    names.map((name) => ({
      name: `${range.owner}.${name}.${statistic}`,
      shape: builder.shape(parameter(`${name}.weight`)),
      initial: { kind: 'constant', value },
    }));
  return builder.within({ owner: range.owner, module: range.module }, () => {
    const label = `running.${range.owner}.${names[0]}`;
    const states = builder.stateRange(label, [...running('running_mean', 0), ...running('running_var', 1)]);
    return {
      gammas: names.map((name) => parameter(`${name}.weight`)),
      betas: names.map((name) => parameter(`${name}.bias`)),
      runningMeans: states.slice(0, names.length),
      runningVariances: states.slice(names.length),
    };
  });
}

/** Appends a batch normalisation of x (and its ReLU and residual) in the given mode. */
export function batchNorm(
  builder: GraphBuilder,
  x: ValueId,
  tensors: BatchNormTensors,
  mode: BatchNormMode,
  options: NormaliseOptions,
): ValueId {
  const statistics = statisticsFor(builder, x, tensors, mode, options.groups);
  // Running statistics are shared by all patches, so in evaluation the rows form one group.
  return normalise(builder, x, statistics, tensors, mode.kind === 'evaluate' ? { ...options, groups: 1 } : options);
}

function statisticsFor(
  builder: GraphBuilder,
  x: ValueId,
  tensors: BatchNormTensors,
  mode: BatchNormMode,
  groups: number,
): BatchStatisticsValues {
  switch (mode.kind) {
    case 'train': {
      const statistics = batchStatistics(builder, x, tensors, { groups, momentum: mode.momentum });
      mode.record?.push(statistics);
      return statistics;
    }
    case 'again': {
      const statistics = mode.recorded.shift();
      if (statistics === undefined) throw new Error('a second pass normalises more often than the first');
      return statistics;
    }
    case 'evaluate':
      return { mean: tensors.runningMeans[0] as ValueId, variance: tensors.runningVariances[0] as ValueId };
  }
}
