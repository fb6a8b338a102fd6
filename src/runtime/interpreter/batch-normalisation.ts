import { channelsOf, expectEqual, masked, ofGroup, type Tensor } from './tensor.ts';

/** Statistics of a batch and the running statistics after it. */
export interface BatchMoments {
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly runningMeans: readonly Tensor[];
  readonly runningVariances: readonly Tensor[];
}

/**
 * batchStatistics: x [G*B,H,W,C] -> mean and biased variance [G,C] over the B*H*W numbers of each group and channel, and
 * the running statistics [C] moved by r = (1 - momentum) r + momentum * s with the unbiased variance (method.md 2), group
 * after group where one pair serves all, not at all where none is given. Throws where the running variance would need
 * n/(n-1) of a single number.
 */
export function batchStatistics(
  x: Tensor,
  runningMeans: readonly Tensor[],
  runningVariances: readonly Tensor[],
  groups: number,
  momentum: number,
): BatchMoments {
  const channels = channelsOf(x.shape);
  const count = rowsOfGroup(x, groups, channels);
  const mean = new Float64Array(groups * channels);
  const variance = new Float64Array(groups * channels);
  for (let group = 0; group < groups; group++) {
    const own = mean.subarray(group * channels, (group + 1) * channels);
    const spread = variance.subarray(group * channels, (group + 1) * channels);
    addRows(own, x, group * count, count, (value) => value / count);
    // Deviations from the mean, in a second pass: the difference of large sums of squares would lose digits.
    addRows(spread, x, group * count, count, (value, c) => (value - (own[c] as number)) ** 2 / count);
  }
  if (runningVariances.length > 0 && count < 2)
    throw new Error('the running variance of a single number per channel is undefined; use a larger batch');
  const unbiased = variance.map((value) => (value * count) / (count - 1));
  const shape = [groups, channels];
  return {
    mean: { shape, data: mean },
    variance: { shape, data: variance },
    runningMeans: moved(runningMeans, mean, groups, momentum),
    runningVariances: moved(runningVariances, unbiased, groups, momentum),
  };
}

function moved(running: readonly Tensor[], statistics: Float64Array, groups: number, momentum: number): Tensor[] {
  const after = running.map(({ shape, data }) => ({ shape, data: data.slice() }));
  if (after.length === 0) return after;
  for (let group = 0; group < groups; group++) {
    const { data } = ofGroup(after, group, groups);
    for (let c = 0; c < data.length; c++) {
      data[c] = (1 - momentum) * (data[c] as number) + momentum * (statistics[group * data.length + c] as number);
    }
  }
  return after;
}

/** sums[c] += term(x[row, c], c) over `count` rows from `first`. */
function addRows(
  sums: Float64Array,
  x: Tensor,
  first: number,
  count: number,
  term: (value: number, c: number) => number,
): void {
  const channels = sums.length;
  for (let row = first; row < first + count; row++) {
    for (let c = 0; c < channels; c++) {
      sums[c] = (sums[c] as number) + term(x.data[row * channels + c] as number, c);
    }
  }
}

function rowsOfGroup(x: Tensor, groups: number, channels: number): number {
  const count = x.data.length / (groups * channels);
  if (!Number.isInteger(count)) throw new Error(`[${x.shape.join(', ')}] does not divide into ${groups} groups`);
  return count;
}

/** What normalises: statistics [G,C] (or [C] where G is 1), and one scale and shift [C] for all groups or one each. */
export interface Normalisation {
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly gammas: readonly Tensor[];
  readonly betas: readonly Tensor[];
  readonly groups: number;
  readonly epsilon: number;
}

/**
 * normalise: y = (x - mean)/sqrt(variance + epsilon) * gamma + beta [+ residual], then max(0, .) where `relu`. x, residual
 * and y [G*B,H,W,C]. Throws where shapes disagree.
 */
export function normalise(x: Tensor, by: Normalisation, residual: Tensor | undefined, relu: boolean): Tensor {
  const channels = channelsOf(x.shape);
  const count = rowsOfGroup(x, by.groups, channels);
  expectEqual(by.mean.data.length, by.groups * channels, 'length of the mean');
  expectEqual(by.variance.data.length, by.groups * channels, 'length of the variance');
  if (residual !== undefined) expectEqual(residual.data.length, x.data.length, 'length of the residual');
  const y = new Float64Array(x.data.length);
  for (let group = 0; group < by.groups; group++) {
    const gamma = ofGroup(by.gammas, group, by.groups).data;
    const beta = ofGroup(by.betas, group, by.groups).data;
    const mean = by.mean.data.subarray(group * channels, (group + 1) * channels);
    const scale = inverseDeviation(by, group, channels).map((value, c) => value * (gamma[c] as number));
    for (let row = group * count; row < (group + 1) * count; row++) {
      for (let c = 0; c < channels; c++) {
        const at = row * channels + c;
        let value = ((x.data[at] as number) - (mean[c] as number)) * (scale[c] as number) + (beta[c] as number);
        if (residual !== undefined) value += residual.data[at] as number;
        y[at] = relu && value <= 0 ? 0 : value;
      }
    }
  }
  return { shape: x.shape, data: y };
}

const inverseDeviation = (by: Normalisation, group: number, channels: number): Float64Array =>
  by.variance.data
    .subarray(group * channels, (group + 1) * channels)
    .map((variance) => 1 / Math.sqrt(variance + by.epsilon));

/** Gradients through batch statistics and normalisation; those of gamma and beta are one per group, each [C]. */
export interface NormalisationGradient {
  readonly dx: Tensor;
  readonly dgammas: readonly Float64Array[];
  readonly dbetas: readonly Float64Array[];
}

/**
 * batchNormGradient: with d = dy zeroed where `mask` <= 0 (or, with `relu`, where the recomputed gamma * u + beta is), u = (x - mean) *
 * s and s = 1/sqrt(variance + epsilon), over the n rows of a group (Ioffe and Szegedy 2015): dbeta = sum d, dgamma = sum d*u,
 * dx = gamma * s * (d - dbeta/n - u * dgamma/n). x, dy, mask, dx [G*B,H,W,C]. Throws where shapes disagree.
 */
export function batchNormGradient(
  x: Tensor,
  by: Normalisation,
  dy: Tensor,
  mask: Tensor | undefined,
  relu: boolean,
): NormalisationGradient {
  const channels = channelsOf(x.shape);
  const count = rowsOfGroup(x, by.groups, channels);
  expectEqual(dy.data.length, x.data.length, 'length of dy');
  const outer = relu ? masked(dy.data, normalise(x, by, undefined, true)) : dy.data;
  const gradient = masked(outer, mask);
  const dx = new Float64Array(x.data.length);
  const dgammas: Float64Array[] = [];
  const dbetas: Float64Array[] = [];
  for (let group = 0; group < by.groups; group++) {
    const gamma = ofGroup(by.gammas, group, by.groups).data;
    const mean = by.mean.data.subarray(group * channels, (group + 1) * channels);
    const inverse = inverseDeviation(by, group, channels);
    const dgamma = new Float64Array(channels);
    const dbeta = new Float64Array(channels);
    for (let row = group * count; row < (group + 1) * count; row++) {
      for (let c = 0; c < channels; c++) {
        const at = row * channels + c;
        const d = gradient[at] as number;
        const unit = ((x.data[at] as number) - (mean[c] as number)) * (inverse[c] as number);
        dgamma[c] = (dgamma[c] as number) + d * unit;
        dbeta[c] = (dbeta[c] as number) + d;
      }
    }
    for (let row = group * count; row < (group + 1) * count; row++) {
      for (let c = 0; c < channels; c++) {
        const at = row * channels + c;
        const unit = ((x.data[at] as number) - (mean[c] as number)) * (inverse[c] as number);
        const centred = (gradient[at] as number) - ((dbeta[c] as number) + unit * (dgamma[c] as number)) / count;
        dx[at] = (gamma[c] as number) * (inverse[c] as number) * centred;
      }
    }
    dgammas.push(dgamma);
    dbetas.push(dbeta);
  }
  return { dx: { shape: x.shape, data: dx }, dgammas, dbetas };
}

/**
 * The gradients of a list of shared parameters: those of the groups added, in order, to the parameter that served each,
 * starting from `initial` where given. `shapes` holds one parameter for all groups or an equal number of groups each.
 */
export function sumOverGroups(
  gradients: readonly Float64Array[],
  shapes: readonly (readonly number[])[],
  initial: readonly (Tensor | undefined)[],
): readonly Tensor[] {
  const totals = shapes.map((shape, index) => ({
    shape,
    data: initial[index]?.data.slice() ?? new Float64Array(channelsOf(shape)),
  }));
  if (totals.length === 0) return totals;
  for (const [group, gradient] of gradients.entries()) {
    const { data } = ofGroup(totals, group, gradients.length);
    for (let c = 0; c < data.length; c++) data[c] = (data[c] as number) + (gradient[c] as number);
  }
  return totals;
}
