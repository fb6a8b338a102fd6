import { fail, ok, type Result } from '../base/result.ts';
import { centreCrops } from '../datasets/augmentation.ts';
import { gather } from '../datasets/sampling.ts';
import type { StepGraph } from '../graph/graph.ts';
import { asBackPropagation } from '../methods/configuration.ts';
import {
  buildGradientGraphs,
  gradientBytes,
  gradientLabel,
  gradientScalars,
  labelApart,
} from '../methods/gradient-graphs.ts';
import { lossWeights } from '../methods/loss-weights.ts';
import { guardLabel } from '../methods/train-graph.ts';
import type { GradientCost, GradientMeasurement } from '../runs/gradient-measurement.ts';
import type { Batch, Breathe, Executor, Numbers } from '../runtime/executor.ts';
import { persistentByLabel, readAll } from './persistent.ts';
import type { Training } from './training.ts';

/** Images of a measurement: as many as wanted, as far as there are training images. */
const imagesOf = (training: Training, wanted: number): number =>
  Math.max(1, Math.min(wanted, training.dataset.train.count));

/** Plans a measurement; nothing is allocated. */
export function gradientCost(training: Training, wanted: number): GradientCost {
  const images = imagesOf(training, wanted);
  return { images, bytes: gradientBytes(buildGradientGraphs(training.stepConfiguration, images)) };
}

/**
 * The gradient that each module would get now, and the one of back-propagation, on the first training images without augmentation. Both steps run on
 * copies of the weights, which are dropped afterwards, so that the run's numbers stay what they are. It must not run beside a step.
 */
export async function measureGradients(
  training: Training,
  executor: Executor,
  wanted: number,
  breathe?: Breathe,
): Promise<Result<GradientMeasurement>> {
  const { stepConfiguration: configuration, experiment, dataset } = training;
  const images = imagesOf(training, wanted);
  const graphs = buildGradientGraphs(configuration, images);
  const size = dataset.format.imageSize;
  const batch: Batch = {
    images: new Uint8Array(images * size * size * 3),
    labels: new Int32Array(images),
    crops: centreCrops(images, dataset.format),
  };
  gather(
    dataset.train,
    Uint32Array.from({ length: images }, (_, index) => index),
    batch,
  );
  const tensors = graphs.modules.flatMap((module) => module.tensors);
  const gradients = async (graph: StepGraph, weights: Record<string, number>) =>
    gradientsOf(executor, graph, { ...gradientScalars, ...weights }, batch, tensors, breathe);
  const own = await gradients(graphs.own, lossWeights(configuration, experiment));
  if (!own.ok) return own;
  const bp = await gradients(graphs.bp, lossWeights(asBackPropagation(configuration), experiment));
  if (!bp.ok) return bp;
  const { step, stepsPerEpoch } = training.position;
  return ok({
    step,
    epoch: step / stepsPerEpoch,
    seconds: training.seconds,
    images,
    modules: graphs.modules.map(({ block, tensors }) => ({ block, ...compared(tensors, own.value, bp.value) })),
  });
}

/** Runs one step on copies of the weights and reads the gradients of `tensors`, by their labels. */
async function gradientsOf(
  executor: Executor,
  graph: StepGraph,
  scalars: Readonly<Record<string, number>>,
  batch: Batch,
  tensors: readonly string[],
  breathe: Breathe | undefined,
): Promise<Result<ReadonlyMap<string, Numbers>>> {
  const program = await executor.compile(graph);
  if (!program.ok) return program;
  const values = persistentByLabel([graph]);
  try {
    for (const { label, role } of values.values()) {
      // Running statistics do not act in training, and velocities start at zero.
      if (role !== 'parameter') continue;
      const current = await executor.read(label.slice(labelApart('').length));
      if (!current.ok) return current;
      const written = await executor.write(label, current.value);
      if (!written.ok) return written;
    }
    const ran = await program.value.run(scalars, batch, breathe);
    if (!ran.ok) return ran;
    const metrics = await program.value.metrics();
    if (!metrics.ok) return metrics;
    if ((metrics.value.get(guardLabel)?.[0] ?? 0) !== 0)
      return fail('A gradient is no longer a number, so none can be compared.', 'gradients');
    const read = await readAll(executor, tensors.map(gradientLabel));
    return read.ok
      ? ok(new Map(tensors.map((tensor) => [tensor, read.value.get(gradientLabel(tensor)) as Numbers])))
      : read;
  } finally {
    program.value.dispose();
    executor.drop([...values.keys()]);
  }
}

/** Lengths of two gradients over some tensors and the cosine between them, summed in double precision. */
function compared(
  tensors: readonly string[],
  own: ReadonlyMap<string, Numbers>,
  bp: ReadonlyMap<string, Numbers>,
): { readonly norm: number; readonly bpNorm: number; readonly cosine: number | undefined } {
  let ownSquares = 0;
  let bpSquares = 0;
  let product = 0;
  for (const tensor of tensors) {
    const one = own.get(tensor) as Numbers;
    const other = bp.get(tensor) as Numbers;
    for (let index = 0; index < one.length; index++) {
      const a = one[index] as number;
      const b = other[index] as number;
      ownSquares += a * a;
      bpSquares += b * b;
      product += a * b;
    }
  }
  const norm = Math.sqrt(ownSquares);
  const bpNorm = Math.sqrt(bpSquares);
  return { norm, bpNorm, cosine: norm > 0 && bpNorm > 0 ? product / (norm * bpNorm) : undefined };
}
