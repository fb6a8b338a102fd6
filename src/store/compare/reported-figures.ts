import type { Experiment } from '../../experiment/experiment.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import { modulesOf } from './experiment-words.ts';

/** A result of a paper, to stand beside one's own and be labelled "as reported". */
export interface ReportedFigure {
  /** Test error on CIFAR-10, a share. */
  readonly error: number;
  readonly paper: 'HPFF paper' | 'InfoPro paper';
  /** Its training, in words. */
  readonly training: string;
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
  { paper: 'HPFF paper', training: '400 epochs of batch 1,024', entries: hpffPaper },
  { paper: 'InfoPro paper', training: '160 epochs', entries: infoproPaper },
] as const;

/** The figures reported for an experiment's method, network and cuts on CIFAR-10, the newer paper's first; none where no paper has them. */
export function reportedFigures(experiment: Experiment): readonly ReportedFigure[] {
  const { network, data, widths } = experiment;
  const kind = kindOf(experiment);
  if (kind === undefined || data !== 'cifar-10' || String(widths) !== String(startingExperiment.widths)) return [];
  const modules = modulesOf(experiment);
  return papers.flatMap(({ paper, training, entries }) =>
    entries
      .filter((entry) => entry.kind === kind && entry.network === network && entry.modules === modules)
      .map(({ error }) => ({ error: error / 100, paper, training })),
  );
}

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
