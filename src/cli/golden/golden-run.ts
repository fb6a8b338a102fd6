import { fail, ok, type Result } from '../../base/result.ts';
import { fromPytorch, pytorchShape } from '../../formats/layout.ts';
import { type NamedTensor, pytorchNames } from '../../formats/pytorch-names.ts';
import type { Tensor } from '../../formats/safetensors.ts';
import { elements, isPersistent } from '../../graph/value.ts';
import { buildEvaluateGraph, logitsLabel } from '../../methods/evaluate-graph.ts';
import { lossWeights } from '../../methods/loss-weights.ts';
import type { Metric } from '../../methods/metrics.ts';
import { buildTrainGraph } from '../../methods/train-graph.ts';
import type { Batch, Executor, Numbers } from '../../runtime/executor.ts';
import type { GoldenCase, Losses } from './golden-case.ts';

/** A golden case set up on an executor: its programs, and its tensors under PyTorch's names. */
export interface GoldenRun {
  readonly named: readonly NamedTensor[];
  /** Restores the initial parameters and statistics; velocities are zero. */
  restart(): Promise<Result<void>>;
  /** One training step; `optimiser` replaces the case's own values. */
  step(batch: Batch, optimiser?: Partial<GoldenCase['optimiser']>): Promise<Result<void>>;
  /** Unweighted losses of the last step, under the golden file's keys. */
  losses(): Promise<Result<Losses>>;
  logits(batch: Batch): Promise<Result<Numbers>>;
  /** Leaves the executor as it was before, ready for another case. */
  close(): void;
}

/** Builds and compiles the case's graphs. The set of tensors must be exactly the file's. */
export async function openGoldenRun(golden: GoldenCase, executor: Executor): Promise<Result<GoldenRun>> {
  const { configuration } = golden;
  const train = buildTrainGraph(configuration);
  const evaluate = buildEvaluateGraph(configuration);
  const named = pytorchNames(train.graph, configuration);
  const problem = differenceOfNames(golden, named);
  if (problem !== undefined) return fail(`${golden.name}: ${problem}`, golden.name);
  const trainProgram = await executor.compile(train.graph);
  if (!trainProgram.ok) return trainProgram;
  const evaluateProgram = await executor.compile(evaluate.graph);
  if (!evaluateProgram.ok) return evaluateProgram;
  const weights = lossWeights(configuration, golden.weights);

  return ok({
    named,
    async restart() {
      for (const tensor of named) {
        const { data } = golden.tensors.get(`init.${tensor.name}`) as Tensor;
        const written = await executor.write(tensor.value.label, fromPytorch(data, tensor.value.shape));
        if (!written.ok) return written;
        if (tensor.velocity === undefined) continue;
        const cleared = await executor.write(tensor.velocity, new Float32Array(elements(tensor.value.shape)));
        if (!cleared.ok) return cleared;
      }
      return ok(undefined);
    },
    step: (batch, optimiser = {}) => trainProgram.value.run({ ...weights, ...golden.optimiser, ...optimiser }, batch),
    async losses() {
      const metrics = await trainProgram.value.metrics();
      return metrics.ok ? ok(goldenLosses(train.metrics, metrics.value, golden)) : metrics;
    },
    async logits(batch) {
      const ran = await evaluateProgram.value.run({}, batch);
      if (!ran.ok) return ran;
      const metrics = await evaluateProgram.value.metrics();
      return metrics.ok ? ok(metrics.value.get(logitsLabel) as Numbers) : metrics;
    },
    close() {
      trainProgram.value.dispose();
      evaluateProgram.value.dispose();
      const values = [...train.graph.values, ...evaluate.graph.values];
      executor.drop([...new Set(values.filter(({ role }) => isPersistent(role)).map(({ label }) => label))]);
    },
  });
}

/** A batch of planar images [batch,3,S,S], without augmentation. */
export function planarBatch(images: Uint8Array, labels: Int32Array, imageSize: number): Batch {
  const count = labels.length;
  const plane = imageSize * imageSize;
  const interleaved = new Uint8Array(images.length);
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < 3; channel++) {
      const from = (image * 3 + channel) * plane;
      for (let pixel = 0; pixel < plane; pixel++) {
        interleaved[(image * plane + pixel) * 3 + channel] = images[from + pixel] as number;
      }
    }
  }
  return { images: interleaved, labels, crops: new Int32Array(3 * count) };
}

function goldenLosses(metrics: readonly Metric[], values: ReadonlyMap<string, Numbers>, golden: GoldenCase): Losses {
  const losses: Losses = {};
  const { hilo, batch } = golden.configuration;
  for (const { kind, module, purpose, labels, form } of metrics) {
    const total = labels.reduce((sum, label) => sum + (values.get(label)?.[0] as number), 0);
    const loss = form === 'classification' ? total / batch : total;
    if (kind === 'final') {
      if (!hilo || module === 0) losses[`final.${module}.task`] = loss;
    } else if (purpose !== 'local' || module < golden.configuration.cuts.length - 1)
      losses[`${purpose === 'cascade' ? 'can' : 'ian'}.${module}.${kind}`] = loss;
  }
  return losses;
}

/** Names or shapes in which the graph and the file differ, in words. */
function differenceOfNames(golden: GoldenCase, named: readonly NamedTensor[]): string | undefined {
  const ours = new Map(named.map(({ name, value }) => [name, pytorchShape(value.shape).join('x')]));
  const theirs = new Map(
    [...golden.tensors]
      .filter(([key]) => key.startsWith('init.'))
      .map(([key, { shape }]) => [key.slice(5), shape.join('x')]),
  );
  const extra = [...ours.keys()].filter((name) => !theirs.has(name));
  const missing = [...theirs.keys()].filter((name) => !ours.has(name));
  if (extra.length + missing.length > 0)
    return `tensors differ; extra: ${extra.join(' ')}; missing: ${missing.join(' ')}`;
  const reshaped = [...ours].filter(([name, shape]) => theirs.get(name) !== shape).map(([name]) => name);
  return reshaped.length > 0 ? `shapes differ: ${reshaped.join(' ')}` : undefined;
}
