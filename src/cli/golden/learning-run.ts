import { fail, ok, type Result } from '../../base/result.ts';
import type { Executor, Numbers } from '../../runtime/executor.ts';
import { type Records, readRecordFile } from './cifar-records.ts';
import type { GoldenCase, Losses } from './golden-case.ts';
import { lossError } from './golden-check.ts';
import { type GoldenRun, openGoldenRun } from './golden-run.ts';

/** The three checks of a learning case, as golden/README.md defines them. */
export const learningKinds = ['first', 'last50', 'accuracy'] as const;
export type LearningErrors = Record<(typeof learningKinds)[number], number>;
export const learningTolerance: LearningErrors = { first: 5e-3, last50: 3e-2, accuracy: 0.03 };

/** Steps whose mean losses `last50` compares. */
const tail = 50;

/**
 * Repeats a learning case on real CIFAR-10: row j of step s is record (s * batch + j) of `data_batch_1.bin`, round and round, with the
 * rate falling in a straight line; then counts the right answers on the first records of `test_batch.bin`.
 *
 * @param folder holds CIFAR-10's .bin files
 */
export async function measureLearning(
  golden: GoldenCase,
  executor: Executor,
  folder: string,
): Promise<Result<LearningErrors>> {
  const { expected } = golden;
  if (expected.kind !== 'learning') return fail(`${golden.name} is no learning case.`, golden.name);
  if (golden.configuration.network.imageSize !== 32)
    return fail(`${golden.name} is not made for images of 32x32 pixels.`, golden.name);
  const training = readRecordFile(folder, 'data_batch_1.bin');
  if (!training.ok) return training;
  const test = readRecordFile(folder, 'test_batch.bin');
  if (!test.ok) return test;
  if (expected.tested > test.value.count)
    return fail(
      `test_batch.bin has only ${test.value.count} of the ${expected.tested} records that ${golden.name} tests.`,
    );
  const opened = await openGoldenRun(golden, executor);
  if (!opened.ok) return opened;
  const run = opened.value;
  try {
    const losses = await train(golden, run, training.value);
    if (!losses.ok) return losses;
    const accuracy = await measureAccuracy(golden, run, test.value, expected.tested);
    if (!accuracy.ok) return accuracy;
    return ok({
      first: lossError(expected.first, losses.value.slice(0, expected.first.length)),
      last50: lossError([expected.last50], [meanLosses(losses.value.slice(-tail))]),
      accuracy: Math.abs(accuracy.value - expected.accuracy),
    });
  } finally {
    run.close();
  }
}

async function train(golden: GoldenCase, run: GoldenRun, records: Records): Promise<Result<Losses[]>> {
  const { batch } = golden.configuration;
  const started = await run.restart();
  if (!started.ok) return started;
  const losses: Losses[] = [];
  for (let step = 0; step < golden.steps; step++) {
    const rows = Array.from({ length: batch }, (_, row) => (step * batch + row) % records.count);
    const learningRate = golden.optimiser.learningRate * (1 - step / golden.steps);
    const ran = await run.step(records.batch(rows, batch), { learningRate });
    if (!ran.ok) return ran;
    const measured = await run.losses();
    if (!measured.ok) return measured;
    losses.push(measured.value);
  }
  return ok(losses);
}

function meanLosses(losses: readonly Losses[]): Losses {
  const keys = Object.keys(losses[0] ?? {});
  const mean = (key: string) => losses.reduce((sum, step) => sum + (step[key] ?? Number.NaN), 0) / losses.length;
  return Object.fromEntries(keys.map((key) => [key, mean(key)]));
}

/** Share of the first `tested` records whose largest logit is that of their label. */
async function measureAccuracy(
  golden: GoldenCase,
  run: GoldenRun,
  records: Records,
  tested: number,
): Promise<Result<number>> {
  const { batch, network } = golden.configuration;
  let right = 0;
  for (let first = 0; first < tested; first += batch) {
    const rows = Array.from({ length: Math.min(batch, tested - first) }, (_, row) => first + row);
    const logits = await run.logits(records.batch(rows, batch));
    if (!logits.ok) return logits;
    rows.forEach((record, row) => {
      if (largest(logits.value, row * network.classes, network.classes) === records.label(record)) right++;
    });
  }
  return ok(right / tested);
}

function largest(numbers: Numbers, from: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) {
    if ((numbers[from + index] as number) > (numbers[from + best] as number)) best = index;
  }
  return best;
}
