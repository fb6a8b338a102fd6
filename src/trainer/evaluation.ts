import { ok, type Result } from '../base/result.ts';
import { centreCrops } from '../datasets/augmentation.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { gatherTest, testBatchCount } from '../datasets/sampling.ts';
import { logitsLabel } from '../methods/evaluate-graph.ts';
import type { Batch, Breathe, Numbers, Program } from '../runtime/executor.ts';
import { addMetrics, type MetricSums } from './measure.ts';

/** Metrics of all images of a set, summed. */
export interface Evaluated {
  readonly sums: MetricSums;
  readonly images: number;
  readonly batches: number;
}

/**
 * Runs the evaluation over every image of a set, the last part of a batch included.
 *
 * @param program the compiled evaluation, with running statistics
 * @param batch where the images are put, batch after batch
 * @param stop asked between batches; where it says so, there is no result
 */
export async function evaluateAll(
  program: Program,
  set: Dataset['test'],
  format: Dataset['format'],
  batch: Batch,
  stop: () => boolean,
  breathe?: Breathe,
): Promise<Result<Evaluated | undefined>> {
  const sums: MetricSums = new Map();
  const images = set.count;
  const batches = testBatchCount(images, batch.labels.length);
  batch.crops.set(centreCrops(batch.labels.length, format));
  for (let number = 0; number < batches; number++) {
    if (stop()) return ok(undefined);
    gatherTest(set, number, batch);
    const ran = await program.run({}, batch, breathe);
    if (!ran.ok) return ran;
    const values = await program.metrics();
    if (!values.ok) return values;
    addMetrics(sums, values.value);
  }
  return ok({ sums, images, batches });
}

/** Logits [count,classes] of the head on the first test images, with running statistics. Nothing of the run changes. */
export async function firstLogits(
  program: Program,
  { test, format }: Dataset,
  batch: Batch,
  count: number,
): Promise<Result<Numbers>> {
  const { classes } = format;
  const logits = new Float32Array(count * classes);
  batch.crops.set(centreCrops(batch.labels.length, format));
  for (let first = 0; first < count; first += batch.labels.length) {
    gatherTest(test, first / batch.labels.length, batch);
    const ran = await program.run({}, batch);
    const values = ran.ok ? await program.metrics() : ran;
    if (!values.ok) return values;
    const rows = values.value.get(logitsLabel) as Numbers;
    logits.set(rows.subarray(0, Math.min(rows.length, (count - first) * classes)), first * classes);
  }
  return ok(logits);
}
