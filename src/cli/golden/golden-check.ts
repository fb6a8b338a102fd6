import { fail, ok, type Result } from '../../base/result.ts';
import { toPytorch } from '../../formats/layout.ts';
import type { Executor, Numbers } from '../../runtime/executor.ts';
import type { GoldenCase, Losses, Tolerance } from './golden-case.ts';
import { type GoldenRun, openGoldenRun, planarBatch } from './golden-run.ts';
import { distance, norm } from './norms.ts';

/** Error of each kind, as golden/README.md defines them. */
export type GoldenErrors = Record<keyof Tolerance, number>;

/** Repeats an exact golden case on an executor and measures how far it is off. */
export async function measureGolden(golden: GoldenCase, executor: Executor): Promise<Result<GoldenErrors>> {
  if (golden.expected.kind !== 'exact') return fail(`${golden.name} is a learning case.`, golden.name);
  const opened = await openGoldenRun(golden, executor);
  if (!opened.ok) return opened;
  const run = opened.value;
  try {
    const gradient = await gradientError(golden, run, executor);
    if (!gradient.ok) return gradient;
    const trained = await trainAll(golden, run);
    if (!trained.ok) return trained;
    const final = await readNamed(run, executor);
    if (!final.ok) return final;
    const logits = await run.logits(batchOf(golden, 0));
    if (!logits.ok) return logits;
    const stored = golden.tensors.get('eval.logits')?.data as Float32Array;
    return ok({
      gradient: gradient.value,
      update: updateError(golden, run, final.value),
      statistics: statisticsError(golden, run, final.value),
      loss: lossError(golden.expected.losses, trained.value),
      logits: distance(logits.value, stored) / norm(stored),
    });
  } finally {
    run.close();
  }
}

export const goldenKinds = ['gradient', 'update', 'statistics', 'loss', 'logits'] as const;

function batchOf(golden: GoldenCase, step: number) {
  const { batch, network } = golden.configuration;
  const pixels = 3 * network.imageSize ** 2;
  const images = golden.tensors.get('input.images')?.data as Uint8Array;
  const labels = golden.tensors.get('input.labels')?.data as Int32Array;
  const rows = [step * batch, (step + 1) * batch] as const;
  return planarBatch(images.slice(rows[0] * pixels, rows[1] * pixels), labels.slice(...rows), network.imageSize);
}

/** With rate, momentum and weight decay 0, one step leaves exactly the gradient in every velocity. */
async function gradientError(golden: GoldenCase, run: GoldenRun, executor: Executor): Promise<Result<number>> {
  const started = await run.restart();
  if (!started.ok) return started;
  const ran = await run.step(batchOf(golden, 0), { learningRate: 0, momentum: 0, weightDecay: 0 });
  if (!ran.ok) return ran;
  const pairs: [computed: Numbers, stored: Numbers][] = [];
  for (const { name, value, velocity } of run.named) {
    // A bias in front of batch normalisation: its gradient is zero but for rounding.
    if (velocity === undefined || /\.decoder\.patch\.\d+\.0\.bias$/.test(name)) continue;
    const read = await executor.read(velocity);
    if (!read.ok) return read;
    const stored = golden.tensors.get(`grad.${name}`);
    if (stored === undefined) return fail(`${golden.name} has no gradient of ${name}.`, golden.name);
    pairs.push([toPytorch(read.value, value.shape), stored.data as Float32Array]);
  }
  return ok(worstError(pairs, pairs));
}

async function trainAll(golden: GoldenCase, run: GoldenRun): Promise<Result<Losses[]>> {
  const started = await run.restart();
  if (!started.ok) return started;
  const losses: Losses[] = [];
  for (let step = 0; step < golden.steps; step++) {
    const ran = await run.step(batchOf(golden, step));
    if (!ran.ok) return ran;
    const measured = await run.losses();
    if (!measured.ok) return measured;
    losses.push(measured.value);
  }
  return ok(losses);
}

async function readNamed(run: GoldenRun, executor: Executor): Promise<Result<Map<string, Numbers>>> {
  const tensors = new Map<string, Numbers>();
  for (const { name, value } of run.named) {
    const read = await executor.read(value.label);
    if (!read.ok) return read;
    tensors.set(name, toPytorch(read.value, value.shape));
  }
  return ok(tensors);
}

/** The change of every parameter over all steps. */
function updateError(golden: GoldenCase, run: GoldenRun, final: ReadonlyMap<string, Numbers>): number {
  const parameters = run.named.filter(({ kind }) => kind === 'parameter');
  return changeError(
    golden,
    parameters.map(({ name }) => name),
    final,
  );
}

function statisticsError(golden: GoldenCase, run: GoldenRun, final: ReadonlyMap<string, Numbers>): number {
  const statistics = run.named.filter(({ kind }) => kind === 'statistic');
  return changeError(
    golden,
    statistics.map(({ name }) => name),
    final,
  );
}

function changeError(golden: GoldenCase, names: readonly string[], final: ReadonlyMap<string, Numbers>): number {
  const stored = (prefix: string, name: string) => golden.tensors.get(`${prefix}.${name}`)?.data as Float32Array;
  const pairs = names.map((name): [Numbers, Numbers] => [final.get(name) as Numbers, stored('final', name)]);
  const scales = names.map((name): [Numbers, Numbers] => [stored('init', name), stored('final', name)]);
  const changes = scales.map(([init, end]): [Numbers, Numbers] => [
    init,
    Float64Array.from(end, (value, index) => value - (init[index] as number)),
  ]);
  return worstError(pairs, changes);
}

/** Worst of |a-b| / (|s| + 1e-3 r), where s is the second of `scales` and r the root mean square of its norms. */
function worstError(
  pairs: readonly (readonly [Numbers, Numbers])[],
  scales: readonly (readonly [Numbers, Numbers])[],
): number {
  const norms = scales.map(([, scale]) => norm(scale));
  const root = Math.sqrt(norms.reduce((sum, value) => sum + value * value, 0) / norms.length);
  let worst = 0;
  pairs.forEach(([computed, stored], index) => {
    const error = distance(computed, stored) / ((norms[index] as number) + 1e-3 * root);
    // Math.max would keep NaN too; the comparison is written so that NaN wins.
    if (!(error <= worst)) worst = error;
  });
  return worst;
}

/** Worst relative error over all losses of all steps; NaN where one is missing on either side. */
export function lossError(expected: readonly Losses[], measured: readonly Losses[]): number {
  let worst = 0;
  expected.forEach((losses, step) => {
    const keys = new Set([...Object.keys(losses), ...Object.keys(measured[step] ?? {})]);
    for (const key of keys) {
      const error = Math.abs(
        ((measured[step]?.[key] ?? Number.NaN) - (losses[key] ?? Number.NaN)) / (losses[key] ?? 1),
      );
      if (!(error <= worst)) worst = error;
    }
  });
  return worst;
}
