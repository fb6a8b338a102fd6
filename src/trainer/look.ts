import { fail, ok, type Result } from '../base/result.ts';
import { centreCrops } from '../datasets/augmentation.ts';
import { buildInsightGraph, type InsightGraph, type ReconstructionValues } from '../methods/insight-graph.ts';
import type { ImageInsight, LookedAt, Maps, Reconstruction } from '../runs/insight.ts';
import type { Batch, Executor, Numbers } from '../runtime/executor.ts';
import { softmaxRows } from './softmax.ts';
import type { Training } from './training.ts';

/** Most images in one look: more would be no use on a screen. */
const most = 8;

/**
 * What every module of a run makes of some images, between two steps. The graph is compiled for this one look and leaves nothing behind;
 * it reads parameters and running statistics and writes neither.
 */
export async function lookAtImages(
  training: Training,
  executor: Executor,
  of: LookedAt,
  block: string,
): Promise<Result<ImageInsight>> {
  const started = performance.now();
  const batch = batchOf(training, of);
  if (!batch.ok) return batch;
  const count = batch.value.labels.length;
  const insight = buildInsightGraph(training.stepConfiguration, count, block);
  const program = await executor.compile(insight.graph);
  if (!program.ok) return program;
  try {
    const ran = await program.value.run({}, batch.value);
    const metrics = ran.ok ? await program.value.metrics() : ran;
    if (!metrics.ok) return metrics;
    const filters = await filtersOf(training, executor, block);
    if (!filters.ok) return filters;
    const { classNames, format } = training.dataset;
    return ok({
      ...read(insight, metrics.value, count, format.classes),
      step: training.position.step,
      seconds: (performance.now() - started) / 1000,
      size: format.imageSize,
      classNames,
      images: batch.value.images,
      labels: [...batch.value.labels],
      filters: filters.value,
    });
  } finally {
    program.value.dispose();
  }
}

function batchOf({ dataset }: Training, of: LookedAt): Result<Batch> {
  const { images: store, labels, count } = dataset.test;
  const { stride } = store;
  const numbers = of.kind === 'own' ? [-1] : of.images.slice(0, most);
  if (of.kind === 'own' && of.image.length !== stride) {
    return fail(`The image has ${of.image.length} numbers, the network takes ${stride}.`, 'image');
  }
  if (numbers.length === 0 || (of.kind === 'test' && numbers.some((number) => !(number >= 0 && number < count)))) {
    return fail(`There are test images 0 to ${count - 1}.`, 'image');
  }
  const images = new Uint8Array(numbers.length * stride);
  numbers.forEach((number, row) => {
    if (of.kind === 'own') images.set(of.image);
    else store.copy(number, images, row * stride);
  });
  return ok({
    images,
    labels: Int32Array.from(numbers, (number) => (number < 0 ? -1 : (labels[number] as number))),
    crops: centreCrops(numbers.length, dataset.format),
  });
}

function read(insight: InsightGraph, metrics: ReadonlyMap<string, Numbers>, count: number, classes: number) {
  const numbers = (label: string) => metrics.get(label) as Numbers;
  const { activations } = insight;
  return {
    exits: insight.exits.map(({ kind, module, logits, patches }) => ({
      kind,
      module,
      probabilities: softmaxRows(numbers(logits), classes),
      patches: patches.flatMap((label) => inRuns(numbers(label), count * classes)),
    })),
    reconstructions: insight.reconstructions.map((values) => putTogether(values, numbers, count)),
    activations: activations && channelsOf(numbers(activations.label), activations.shape),
  };
}

/** The groups of a value whose rows are group after group. */
function inRuns(numbers: Numbers, length: number): Float32Array[] {
  return Array.from({ length: numbers.length / length }, (_, run) =>
    Float32Array.from(numbers.subarray(run * length, (run + 1) * length)),
  );
}

/** Patches of logits to whole images of bytes. */
function putTogether(
  { purpose, module, grid, side, pieces }: ReconstructionValues,
  numbers: (label: string) => Numbers,
  count: number,
): Reconstruction {
  const size = side * grid;
  const images = new Uint8Array(count * size * size * 3);
  for (const { label, first, groups } of pieces) {
    const logits = numbers(label);
    for (let group = 0; group < groups; group++) {
      const top = Math.floor((first + group) / grid) * side;
      const left = ((first + group) % grid) * side;
      for (let image = 0; image < count; image++) {
        for (let row = 0; row < side; row++) {
          const from = ((group * count + image) * side + row) * side * 3;
          const to = ((image * size + top + row) * size + left) * 3;
          for (let offset = 0; offset < side * 3; offset++)
            images[to + offset] = Math.round(255 / (1 + Math.exp(-(logits[from + offset] as number))));
        }
      }
    }
  }
  return { purpose, module, grid, size, images };
}

/** Channels of the first image of [B,H,W,C] as maps. */
function channelsOf(numbers: Numbers, shape: readonly number[]): Maps {
  const [, height, width, count] = shape as [number, number, number, number];
  const values = new Float32Array(count * height * width);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let channel = 0; channel < count; channel++)
      values[channel * height * width + pixel] = numbers[pixel * count + channel] as number;
  }
  return { count, height, width, values };
}

/** Kernels [k,k,I,O] of the block's first convolution as maps, input channels of one output in a row. */
async function filtersOf(
  training: Training,
  executor: Executor,
  block: string,
): Promise<Result<ImageInsight['filters']>> {
  const label = block === 'stem' ? 'stem.conv1.weight' : `block.${block}.conv1.weight`;
  const value = training.values.get(label);
  if (value === undefined) return ok(undefined);
  const weights = await executor.read(label);
  if (!weights.ok) return weights;
  const [height, width, inputs, outputs] = value.shape as [number, number, number, number];
  const values = new Float32Array(weights.value.length);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++)
        values[(output * inputs + input) * height * width + pixel] = weights.value[
          (pixel * inputs + input) * outputs + output
        ] as number;
    }
  }
  return ok({ count: inputs * outputs, inputs, height, width, values });
}
