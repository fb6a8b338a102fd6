import {
  add,
  div,
  equal,
  mul,
  neg,
  relu,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  where,
} from '@tensorflow/tfjs-core';
import type { BatchNormGradient, BatchStatistics, Normalise } from '../../graph/node.ts';
import type { ValueId } from '../../graph/value.ts';
import { affine } from './affine.ts';
import type { NodeContext } from './context.ts';
import { accumulated, masked } from './elementwise.ts';
import { groupMean, groupRows, stackRows } from './rows.ts';

/** One vector per group or one for all, as [G,C] or [1,C]. */
const asRows = (context: NodeContext, ids: readonly ValueId[]): Tensor2D =>
  stackRows(ids.map((id) => reshape(context.tensor(id), [1, -1]) as Tensor2D));

/** [G,C] from a value of shape [G,C] or [C]. */
const groupsOf = (tensor: Tensor, groups: number): Tensor2D => reshape(tensor, [groups, -1]);

const onesLikeRows = (rows: Tensor2D): Tensor2D => add(mul(rows, 0), 1);

/** x - mean, group by group. */
const centred = (x: Tensor4D, mean: Tensor2D): Tensor4D => affine(x, onesLikeRows(mean), neg(mean), false);

interface NormalisationInputs {
  readonly mean: ValueId;
  readonly variance: ValueId;
  readonly gammas: readonly ValueId[];
  readonly betas: readonly ValueId[];
}

/** Scale and shift [G,C] that normalise x; forward and backward share them, so that ReLU masks agree to the bit. */
function scaleAndShift(context: NodeContext, inputs: NormalisationInputs, groups: number, epsilon: number) {
  const mean = groupsOf(context.tensor(inputs.mean), groups);
  const deviation = sqrt(add(groupsOf(context.tensor(inputs.variance), groups), epsilon));
  const scale = div<Tensor2D>(asRows(context, inputs.gammas), deviation);
  const shift = sub<Tensor2D>(asRows(context, inputs.betas), mul(mean, scale));
  return { mean, deviation, scale, shift };
}

/** Mean and biased variance per group, from centred values, and the moved running statistics. */
export function runBatchStatistics(node: BatchStatistics, context: NodeContext): void {
  const { groups, momentum } = node.attributes;
  const x = context.tensor<Tensor4D>(node.inputs.x);
  const mean = groupMean(x, groups);
  const variance = groupMean(square(centred(x, mean)), groups);
  context.set(node.outputs.mean, reshape(mean, context.value(node.outputs.mean).shape as number[]));
  context.set(node.outputs.variance, reshape(variance, context.value(node.outputs.variance).shape as number[]));
  const [rows, height, width] = x.shape;
  const count = (rows / groups) * height * width;
  const { guard, runningMeans, runningVariances } = node.inputs;
  const moves = guard === undefined ? undefined : equal(context.tensor(guard), 0);
  moveRunning(context, runningMeans, node.outputs.runningMeans, mean, momentum, moves);
  const unbiased = mul<Tensor2D>(variance, count / (count - 1));
  moveRunning(context, runningVariances, node.outputs.runningVariances, unbiased, momentum, moves);
}

/** r = (1 - momentum) r + momentum * s: each pair with its group, or one pair with group after group; nowhere unless `moves` [1]. */
function moveRunning(
  context: NodeContext,
  from: readonly ValueId[],
  to: readonly ValueId[],
  statistics: Tensor2D,
  momentum: number,
  moves: Tensor | undefined,
): void {
  const [groups, channels] = statistics.shape;
  const perTarget = groups / to.length;
  to.forEach((target, index) => {
    const before = context.tensor(from[index] as ValueId);
    let running = before;
    for (let group = index * perTarget; group < (index + 1) * perTarget; group++) {
      const moved = mul(reshape(groupRows(statistics, groups, group), [channels]), momentum);
      running = add(mul(running, 1 - momentum), moved);
    }
    context.set(target, moves === undefined ? running : where(moves, running, before));
  });
}

/** Normalise, scale, shift, add a residual and rectify. */
export function runNormalise(node: Normalise, context: NodeContext): void {
  const { groups, epsilon, relu: rectify } = node.attributes;
  const x = context.tensor<Tensor4D>(node.inputs.x);
  const residual = context.written<Tensor4D>(node.inputs.residual);
  const { scale, shift } = scaleAndShift(context, node.inputs, groups, epsilon);
  const line = affine(x, scale, shift, rectify && residual === undefined);
  const sum = residual === undefined ? line : add(line, residual);
  context.set(node.outputs.y, residual !== undefined && rectify ? relu(sum) : sum);
}

/** dx = scale * (dy - mean(dy) - xhat * mean(dy * xhat)), with dgamma = sum(dy * xhat) and dbeta = sum(dy). */
export function runBatchNormGradient(node: BatchNormGradient, context: NodeContext): void {
  const { groups, epsilon, relu: rectify, accumulate } = node.attributes;
  const x = context.tensor<Tensor4D>(node.inputs.x);
  const { mean, deviation, scale, shift } = scaleAndShift(context, node.inputs, groups, epsilon);
  const mask = rectify ? affine(x, scale, shift, false) : context.written(node.inputs.mask);
  const dy = masked(context.tensor<Tensor4D>(node.inputs.dy), mask);
  const difference = centred(x, mean);
  const meanOfDy = groupMean(dy, groups);
  const meanOfProduct = div<Tensor2D>(groupMean(mul(dy, difference), groups), deviation);
  const slope = div<Tensor2D>(meanOfProduct, deviation);
  const inner = sub<Tensor4D>(centred(dy, meanOfDy), affine(difference, slope, mul(slope, 0), false));
  // The exact gradient has mean 0. What rounding leaves is the same at every pixel, adds up over all of them in the layers
  // below, and there drowns gradients that nearly cancel (1e-4 of them on WebGPU).
  const again = groupMean(inner, groups);
  context.set(node.outputs.dx, affine(inner, scale, neg(mul(scale, again)), false));
  const [rows, height, width] = x.shape;
  const count = (rows / groups) * height * width;
  writeSums(context, node.outputs.dgammas, meanOfProduct, count, accumulate);
  writeSums(context, node.outputs.dbetas, meanOfDy, count, accumulate);
}

/** Gradients of gamma or beta: one per group, or one that takes the sum over groups. */
function writeSums(
  context: NodeContext,
  ids: readonly ValueId[],
  means: Tensor2D,
  count: number,
  accumulate: boolean,
): void {
  const [groups, channels] = means.shape;
  const perTarget = groups / ids.length;
  ids.forEach((id, index) => {
    const rows = Array.from({ length: perTarget }, (_, offset) => groupRows(means, groups, index * perTarget + offset));
    const total = rows.reduce((sum, row) => add(sum, row));
    context.set(id, accumulated(context, id, accumulate, reshape(mul(total, count), [channels])));
  });
}
