import type { Experiment } from '../../experiment/experiment.ts';
import type { Tensor, TensorFile } from '../../formats/safetensors.ts';
import { type TinyRun, tinyExperiment, tinyRun } from '../export/tiny-run.ts';
import { runBundle } from './bundle-runs.ts';
import type { Python } from './find-python.ts';
import { type NamedLosses, namedLosses, worstDifference } from './losses.ts';

/** A check of the bundle: what it found, as a number that must stay under 1e-4. */
export interface BundleCheck {
  readonly name: string;
  run(python: Python): Promise<number>;
}

const every = (stage: number): [number, number] => [stage, 0];

/** Runs whose next steps PyTorch must repeat; each goes over the end of an epoch. */
const continued: readonly (readonly [name: string, experiment: Experiment])[] = [
  ['bp', tinyExperiment('bp/resnet14')],
  ['greedy', tinyExperiment('greedy/resnet8-k3')],
  ['dgl', tinyExperiment('dgl/resnet8-k3', { aux: '1c3f', widen: 1.3 })],
  ['dgl with HiLo, window 3', tinyExperiment('dgl-hilo/resnet14-all', { window: 3, bn: 'once' })],
  ['infopro with contrast', tinyExperiment('infopro-contrast/resnet8-k3', { batch: 10 })],
  ['hpff-released', tinyExperiment('hpff-released/resnet8-k3', { ixx: [5, 1], ixy: [0.5, 1] })],
  ['hpff-paper', tinyExperiment('hpff-paper/resnet14-all', { schedule: 'cosine-epoch', epochs: 20, warmup: 2 })],
  [
    'a cut after the stem, no augmentation',
    tinyExperiment('hpff-released/resnet8', { cuts: [every(0), every(1), every(2), every(3)], augment: false }),
  ],
  [
    'plain momentum, no probes',
    tinyExperiment('hpff-released/resnet8-k3', { nesterov: false, probes: false, momentum: 0.5, schedule: 'steps' }),
  ],
];

const continues = ([name, experiment]: (typeof continued)[number]): BundleCheck => ({
  name: `goes on: ${name}`,
  async run(python) {
    const run = await tinyRun(experiment, 3);
    const ours = (await run.play(3)).map(namedLosses);
    const theirs = await runBundle(python, experiment, run.file, { steps: 3 });
    // What PyTorch then saved goes on here, as if it had been trained here.
    await run.restore(theirs.weights);
    const back = (await run.play(1)).map(namedLosses);
    await run.restore(run.file);
    const undisturbed = (await run.play(4)).map(namedLosses);
    return Math.max(
      ...ours.map((losses, index) => worstDifference(theirs.losses.get(4 + index) ?? none, losses)),
      ...back.map((losses) => worstDifference(losses, undisturbed[3] ?? none)),
    );
  },
});

const none: NamedLosses = new Map();

/** Two processes against one that runs the doubled batch as two halves: losses, and everything saved. */
const distributed = (name: string, experiment: Experiment): BundleCheck => ({
  name: `torchrun: ${name}`,
  async run(python) {
    const { file }: TinyRun = await tinyRun(experiment, 2);
    const two = await runBundle(python, experiment, file, { steps: 3, processes: 2 });
    const halves = await runBundle(python, experiment, file, { steps: 3, options: ['--shards', '2'] });
    // Something has to have happened.
    if (worstTensor(two.weights, file) < 1e-3) return Number.POSITIVE_INFINITY;
    return Math.max(worstTensor(two.weights, halves.weights), worstTensor(halves.weights, two.weights));
  },
});

export const bundleChecks: readonly BundleCheck[] = [
  ...continued.map(continues),
  distributed('hpff-released', tinyExperiment('hpff-released/resnet8-k3')),
  distributed('infopro with contrast', tinyExperiment('infopro-contrast/resnet8-k3')),
  distributed('hpff-paper', tinyExperiment('hpff-paper/resnet8-k3')),
];

/** The largest difference of a tensor relative to its norm, infinite where one is missing. */
function worstTensor(found: TensorFile, wanted: TensorFile): number {
  let worst = 0;
  for (const [name, { data }] of wanted.tensors) {
    const other: Tensor | undefined = found.tensors.get(name);
    if (other === undefined || other.data.length !== data.length) return Number.POSITIVE_INFINITY;
    const difference = Math.hypot(...Array.from(data, (value, index) => value - (other.data[index] as number)));
    worst = Math.max(worst, difference / (Math.hypot(...data) + 1e-6));
  }
  return worst;
}
