import { expectOk } from '../../base/result.ts';
import { centreCrops } from '../../datasets/augmentation.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import { gatherTest } from '../../datasets/sampling.ts';
import { createSynthetic } from '../../datasets/synthetic.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import type { TensorFile } from '../../formats/safetensors.ts';
import { type StepGraph, valueIn } from '../../graph/graph.ts';
import { buildEvaluateGraph } from '../../methods/evaluate-graph.ts';
import type { Metric } from '../../methods/metrics.ts';
import type { Measurement } from '../../runs/measurement.ts';
import type { Batch, Numbers } from '../../runtime/executor.ts';
import { createInterpreter } from '../../runtime/interpreter/interpreter.ts';
import { checkCheckpoint, restoreCheckpoint, saveCheckpoint } from '../../trainer/checkpoint.ts';
import { runImages } from '../../trainer/run-images.ts';
import { Training } from '../../trainer/training.ts';

/** Five steps an epoch at a batch of 8. */
export const fewImages: Dataset = createSynthetic(1, { train: 40, test: 10 });

/** The same, as an export takes it. */
export const fewRunImages = runImages(fewImages);

/** A preset made so small that the interpreter trains it in moments. */
export const tinyExperiment = (preset: string, changes: Partial<Experiment> = {}): Experiment => ({
  ...expectOk(presetExperiment(preset)),
  widths: [4, 4, 6, 8],
  auxDim: 8,
  decoderHidden: 4,
  batch: 8,
  epochs: 3,
  learningRate: 0.05,
  schedule: 'cosine-step',
  data: 'synthetic',
  ...changes,
});

/** A run on the interpreter, what it saved after some steps, and what it goes on with. */
export interface TinyRun {
  readonly experiment: Experiment;
  readonly file: TensorFile;
  /** The next steps' measurements. */
  play(steps: number): Promise<Measurement[]>;
  /** Takes over a file's contents in this run, as the playground imports it. */
  restore(file: TensorFile): Promise<void>;
  /** The first test images as bytes [B,H,W,3]. */
  readonly images: Uint8Array;
  /** Their logits by output: `logits`, `module_I_NAME`, [B,classes]. */
  exits(): Promise<ReadonlyMap<string, Numbers>>;
}

export async function tinyRun(experiment: Experiment, steps: number): Promise<TinyRun> {
  const executor = createInterpreter();
  const training = expectOk(await Training.open(experiment, fewImages, executor));
  const play = async (count: number) => {
    const measured: Measurement[] = [];
    for (let step = 0; step < count; step++) measured.push(expectOk(await training.step()));
    return measured;
  };
  await play(steps);
  const { format } = fewImages;
  const batch: Batch = {
    images: new Uint8Array(experiment.batch * format.imageSize ** 2 * 3),
    labels: new Int32Array(experiment.batch),
    crops: centreCrops(experiment.batch, format),
  };
  gatherTest(fewImages.test, 0, batch);
  return {
    experiment,
    file: expectOk(await saveCheckpoint(training, executor)),
    play,
    async restore(file) {
      const checked = expectOk(checkCheckpoint(file, training, 'weights.safetensors'));
      expectOk(await restoreCheckpoint(checked, training, executor));
    },
    images: batch.images,
    async exits() {
      const { graph, metrics } = buildEvaluateGraph(training.stepConfiguration);
      const program = expectOk(await executor.compile(withReadableLogits(graph, metrics)));
      expectOk(await program.run({}, batch));
      return expectOk(await program.metrics());
    },
  };
}

/** The graph with the logits of every metric readable, under the names that exported models use. */
function withReadableLogits(graph: StepGraph, metrics: readonly Metric[]): StepGraph {
  const names = new Map<number, string>();
  for (const node of graph.nodes) {
    if (node.kind !== 'softmaxCrossEntropy') continue;
    const { label } = valueIn(graph, node.outputs.metric);
    // The head's metric is that of every term of the last module too.
    const ofNode = metrics.filter(({ labels }) => labels[0] === label);
    const metric = ofNode.find(({ kind }) => kind === 'final') ?? ofNode[0];
    if (metric === undefined) continue;
    const { kind, module, purpose } = metric;
    names.set(node.inputs.logits, kind === 'final' ? 'logits' : `module_${module}_${kind === 'task' ? purpose : kind}`);
  }
  const values = graph.values.map((value) => {
    const name = names.get(value.id);
    return name === undefined ? value : ({ ...value, role: 'metric', label: name } as const);
  });
  return { ...graph, values };
}

/** Bytes [B,H,W,3] as a model's input [B,H,W,3], normalised. */
export function normalised(images: Uint8Array): Float32Array<ArrayBuffer> {
  const { mean, std } = fewImages.format;
  return Float32Array.from(images, (byte, index) => {
    const channel = index % 3;
    return (byte / 255 - (mean[channel] as number)) / (std[channel] as number);
  });
}

/** NHWC to NCHW. */
export function planar(pixels: Float32Array, side: number): Float32Array<ArrayBuffer> {
  const area = side * side;
  return Float32Array.from(pixels, (_, index) => {
    const image = Math.floor(index / (3 * area));
    const channel = Math.floor(index / area) % 3;
    return pixels[(image * area + (index % area)) * 3 + channel] as number;
  });
}

/** Largest absolute difference. */
export const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length !== b.length
    ? Number.POSITIVE_INFINITY
    : Array.from(a).reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0);
