import { permutation, randomStream } from '../base/random.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { ImageSet } from './dataset.ts';
import { thousands } from './thousands.ts';

/** Which images a training step sees. */
export interface Sampler {
  /** Steps in one epoch: the last partial batch is dropped. At least 1. */
  readonly stepsPerEpoch: number;
  /** Indices [batch] of the images of a step (counted from 0 over the whole run). A view: copy it to keep it. */
  indices(step: number): Uint32Array;
}

/** What `gather` and `gatherTest` fill: the images and labels of an executor's Batch. */
export interface BatchBuffers {
  /** uint8 [B,H,W,3] */
  readonly images: Uint8Array;
  /** int32 [B] */
  readonly labels: Int32Array;
}

/** Steps in an epoch when the last partial batch is dropped; 0 where the batch is larger than the set. */
export const stepsPerEpoch = (trainCount: number, batch: number): number => Math.floor(trainCount / batch);

/** The order of the training images in epoch `epoch` (from 0): a permutation of 0..count-1 drawn from (seed, epoch). */
export const epochOrder = (seed: number, epoch: number, count: number): Uint32Array =>
  permutation(count, randomStream(seed, `order/${epoch}`));

/**
 * A sampler that draws each epoch's order once. Random access costs nothing but drawing the order again.
 * Fails where the batch is larger than the training set.
 */
export function createSampler(seed: number, batch: number, trainCount: number): Result<Sampler> {
  const steps = stepsPerEpoch(trainCount, batch);
  if (steps === 0) {
    return fail(
      `The batch of ${thousands(batch)} images is larger than the training set of ${thousands(trainCount)}. ` +
        `Choose a batch of at most ${thousands(trainCount)}, or more training images.`,
      'batch',
    );
  }
  let drawn = -1;
  let order = new Uint32Array(0);
  const indices = (step: number): Uint32Array => {
    const epoch = Math.floor(step / steps);
    if (epoch !== drawn) {
      order = epochOrder(seed, epoch, trainCount) as Uint32Array<ArrayBuffer>;
      drawn = epoch;
    }
    const first = (step % steps) * batch;
    return order.subarray(first, first + batch);
  };
  return ok({ stepsPerEpoch: steps, indices });
}

/**
 * The images [batch] of one step, from nothing but the arguments; a sampler gives the same, faster.
 * @throws RangeError where the batch is larger than the set: ask `createSampler` first.
 */
export function batchIndices(seed: number, step: number, batch: number, trainCount: number): Uint32Array {
  const sampler = createSampler(seed, batch, trainCount);
  if (!sampler.ok) throw new RangeError(sampler.error.message);
  return sampler.value.indices(step);
}

/** Copies the images and labels at `indices` into the first rows of `into`. */
export function gather(set: ImageSet, indices: Uint32Array, into: BatchBuffers): void {
  const { stride } = set.images;
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] as number;
    set.images.copy(index, into.images, row * stride);
    into.labels[row] = set.labels[index] as number;
  }
}

/** Batches that cover a test set, the last one padded. */
export const testBatchCount = (count: number, batch: number): number => Math.ceil(count / batch);

/**
 * Fills `into` with test batch `number` (from 0; its size is that of `into.labels`), images in their order. Rows past
 * the end of the set get label -1 and zero pixels. Answers how many rows are real.
 */
export function gatherTest(set: ImageSet, number: number, into: BatchBuffers): number {
  const batch = into.labels.length;
  const first = number * batch;
  const valid = Math.max(0, Math.min(batch, set.count - first));
  const { stride } = set.images;
  for (let row = 0; row < valid; row++) set.images.copy(first + row, into.images, row * stride);
  into.images.fill(0, valid * stride);
  into.labels.set(set.labels.subarray(first, first + valid));
  into.labels.fill(-1, valid);
  return valid;
}
