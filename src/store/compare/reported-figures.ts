import { dataSets } from '../../experiment/data-sets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import { modulesOf } from './experiment-words.ts';

/** A result of a paper, to stand beside one's own and be labelled "as reported". */
export interface ReportedFigure {
  /** Test error on CIFAR-10, a share. */
  readonly error: number;
  readonly paper: 'HPFF paper' | 'InfoPro paper';
  readonly epochs: number;
  /** Undefined where the paper does not say. */
  readonly batch: number | undefined;
}

/** What the papers' tables tell apart. */
type Kind =
  | 'bp'
  | 'greedy'
  | 'dgl'
  | 'dgl cascade'
  | 'dgl hilo'
  | 'dgl hpff'
  | 'infopro softmax'
  | 'infopro contrast'
  | 'infopro hpff';

interface Entry {
  readonly kind: Kind;
  readonly network: Experiment['network'];
  /** Number of modules; 1 is back-propagation. */
  readonly modules: number;
  /** In percent, as printed. */
  readonly error: number;
}

const row = (kind: Kind, network: Experiment['network'], errors: Readonly<Record<number, number>>): Entry[] =>
  Object.entries(errors).map(([modules, error]) => ({ kind, network, modules: Number(modules), error }));

/**
 * Secondary notes on the papers' tables (method.md 8). K = 16 on ResNet-32 and 55 on ResNet-110 are "every block": 15 and 54 modules here.
 * The HPFF paper does not say which local loss its InfoPro rows use: they stand beside both.
 */
const hpffPaper: readonly Entry[] = [
  ...row('bp', 'resnet32', { 1: 6.37 }),
  ...row('dgl', 'resnet32', { 15: 14.08 }),
  ...row('dgl cascade', 'resnet32', { 15: 10.51 }),
  ...row('dgl hilo', 'resnet32', { 15: 9.44 }),
  ...row('dgl hpff', 'resnet32', { 15: 8.94 }),
  ...row('infopro softmax', 'resnet32', { 15: 12.93 }),
  ...row('infopro contrast', 'resnet32', { 15: 12.93 }),
  ...row('infopro hpff', 'resnet32', { 15: 8.99 }),
  ...row('bp', 'resnet110', { 1: 5.42 }),
  ...row('dgl', 'resnet110', { 54: 14.45 }),
  ...row('dgl hpff', 'resnet110', { 54: 8.74 }),
  ...row('infopro softmax', 'resnet110', { 54: 13.22 }),
  ...row('infopro contrast', 'resnet110', { 54: 13.22 }),
  ...row('infopro hpff', 'resnet110', { 54: 8.96 }),
];

const infoproPaper: readonly Entry[] = [
  ...row('bp', 'resnet32', { 1: 7.37 }),
  ...row('greedy', 'resnet32', { 2: 10.3, 4: 16.07, 8: 21.19, 15: 24.59 }),
  ...row('dgl', 'resnet32', { 2: 8.69, 4: 11.48, 8: 14.17, 15: 16.21 }),
  ...row('infopro softmax', 'resnet32', { 2: 8.13, 4: 8.64, 8: 11.4, 15: 14.23 }),
  ...row('infopro contrast', 'resnet32', { 2: 7.76, 4: 8.58, 8: 11.13, 15: 12.75 }),
];

const papers = [
  { paper: 'HPFF paper', epochs: 400, batch: 1024, entries: hpffPaper },
  { paper: 'InfoPro paper', epochs: 160, batch: undefined, entries: infoproPaper },
] as const;

/** The figures reported for an experiment's method, network and cuts on CIFAR-10, the newer paper's first; none where no paper has them. */
export function reportedFigures(experiment: Experiment): readonly ReportedFigure[] {
  const { network, data, widths } = experiment;
  const kind = kindOf(experiment);
  if (kind === undefined || data !== 'cifar-10' || String(widths) !== String(startingExperiment.widths)) return [];
  const modules = modulesOf(experiment);
  return papers.flatMap(({ paper, epochs, batch, entries }) =>
    entries
      .filter((entry) => entry.kind === kind && entry.network === network && entry.modules === modules)
      .map(({ error }) => ({ error: error / 100, paper, epochs, batch })),
  );
}

/** All figures reported for the method, the depth and the cuts of an experiment, whatever its images, its channels and its training. */
export const figuresOfMethod = (experiment: Experiment): readonly ReportedFigure[] =>
  reportedFigures({ ...experiment, data: 'cifar-10', widths: startingExperiment.widths });

/** A paper's training: "400 epochs of batch 1,024". */
export const trainingInWords = ({ epochs, batch }: ReportedFigure): string =>
  `${epochs} epochs${batch === undefined ? '' : ` of batch ${whole(batch)}`}`;

/** In what the training of an experiment is another than a paper's, in words; empty where nothing is known to be. */
export function departuresFrom({ epochs, batch }: ReportedFigure, experiment: Experiment): readonly string[] {
  const words: string[] = [];
  const instead = (here: number | 'all', there: number, unit: string) => {
    if (here !== 'all' && here !== there) words.push(`${whole(here)} ${unit} instead of ${whole(there)}`);
  };
  const { data, widths } = experiment;
  if (data !== 'cifar-10') words.push(`${dataSets[data].title} instead of CIFAR-10`);
  if (String(widths) !== String(startingExperiment.widths))
    words.push(`${widths.join(', ')} channels instead of ${startingExperiment.widths.join(', ')}`);
  instead(experiment.epochs, epochs, experiment.epochs === 1 ? 'epoch' : 'epochs');
  if (batch !== undefined) instead(experiment.batch, batch, 'images a batch');
  if (data === 'cifar-10') {
    instead(experiment.trainSize, 50_000, 'training images');
    instead(experiment.testSize, 10_000, 'test images');
  }
  return words;
}

const whole = (count: number): string => count.toLocaleString('en');

function kindOf({ method, hilo, pff, localLoss, window, wx, wy }: Experiment): Kind | undefined {
  if (method === 'bp') return 'bp';
  const alone = !hilo && pff === 'none' && window === 1;
  const cascades = hilo && window === 2 && wy > 0;
  if (method === 'greedy') return alone ? 'greedy' : undefined;
  if (method === 'infopro') {
    if (alone) return localLoss === 'contrast' ? 'infopro contrast' : 'infopro softmax';
    return cascades && wx > 0 && pff !== 'none' ? 'infopro hpff' : undefined;
  }
  if (localLoss === 'contrast') return undefined;
  if (alone) return 'dgl';
  if (!cascades) return undefined;
  if (pff !== 'none') return wx > 0 ? 'dgl hpff' : undefined;
  return wx > 0 ? 'dgl hilo' : 'dgl cascade';
}
