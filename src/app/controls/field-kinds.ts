import { dataNames, dataSets, largestTrained, resolutions } from '../../experiment/data-sets.ts';
import type { Experiment, FieldName, Method } from '../../experiment/experiment.ts';
import { networkNames } from '../../experiment/networks.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** How a field is shown and edited. */
export type FieldKind =
  | {
      readonly kind: 'choice';
      readonly options: (experiment: Experiment) => readonly Option[];
      readonly numeric?: boolean;
    }
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly whole: boolean; readonly slider?: SliderRange }
  /** Several numbers in a row, each with a name. */
  | { readonly kind: 'numbers'; readonly whole: boolean; readonly parts: readonly string[] }
  /** A whole number or "all". */
  | { readonly kind: 'size' };

/** What a slider spans; values outside can still be typed. */
export interface SliderRange {
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

const named = (names: Readonly<Record<string, string>>) => {
  const options = Object.entries(names).map(([value, label]) => ({ value, label }));
  return { kind: 'choice', options: () => options } as const;
};
const whole = { kind: 'number', whole: true } as const;
const share = (to: number) => ({ kind: 'number', whole: false, slider: { from: 0, to, log: false } }) as const;
const overDecades = (from: number, to: number) =>
  ({ kind: 'number', whole: false, slider: { from, to, log: true } }) as const;

const methods: Record<Method, string> = {
  bp: 'bp: back-propagation',
  greedy: 'greedy: linear heads',
  dgl: 'dgl: deeper heads',
  infopro: 'infopro: and decoders',
};
const heads = [0, 1, 2].flatMap((convolutions) => [1, 2, 3].map((layers) => `${convolutions}c${layers}f`));

/** The divisors of n x n, and "all". */
export function patchCounts({ patches }: Pick<Experiment, 'patches'>): Option[] {
  const squares = patches ** 2;
  const divisors = Array.from({ length: squares }, (_, index) => index + 1).filter((count) => squares % count === 0);
  return [
    { value: 'all', label: `all (${squares})` },
    ...divisors.map((count) => ({ value: String(count), label: String(count) })),
  ];
}

/** Kind of every field but `cuts`, which the network strip edits. */
export const fieldKinds: Readonly<Record<Exclude<FieldName, 'cuts'>, FieldKind>> = {
  network: {
    kind: 'choice',
    options: () => networkNames.map((name) => ({ value: name, label: name.replace('resnet', 'ResNet-') })),
  },
  widths: { kind: 'numbers', whole: true, parts: ['stem', 'stage 1', 'stage 2', 'stage 3'] },
  method: named(methods),
  hilo: { kind: 'switch' },
  window: whole,
  wx: share(1),
  wy: share(1),
  firstIndependent: { kind: 'switch' },
  pff: named({ none: 'none', released: 'released: decoders', paper: 'paper: shared, averaged' }),
  patches: whole,
  patchesAtOnce: { kind: 'choice', options: patchCounts, numeric: true },
  aux: { kind: 'choice', options: () => heads.map((head) => ({ value: head, label: head })) },
  auxDim: whole,
  widen: { kind: 'number', whole: false },
  localLoss: named({ cross_entropy: 'cross-entropy', contrast: 'contrast' }),
  decoderHidden: whole,
  ixx: { kind: 'numbers', whole: false, parts: ['first', 'last'] },
  ixy: { kind: 'numbers', whole: false, parts: ['first', 'last'] },
  bn: named({ once: 'once a step', released: 'released: per pass' }),
  batch: whole,
  learningRate: overDecades(1e-4, 10),
  momentum: share(0.999),
  nesterov: { kind: 'switch' },
  weightDecay: overDecades(1e-6, 0.1),
  schedule: named({
    constant: 'constant',
    steps: 'steps',
    'cosine-step': 'cosine-step',
    'cosine-epoch': 'cosine-epoch',
  }),
  warmup: whole,
  epochs: whole,
  seed: whole,
  data: { kind: 'choice', options: () => dataNames.map((name) => ({ value: name, label: dataSets[name].title })) },
  resolution: {
    kind: 'choice',
    numeric: true,
    options: () =>
      resolutions.map((side) => ({
        value: String(side),
        label: `${side}\u00d7${side}${side > largestTrained ? ' (plan only)' : ''}`,
      })),
  },
  trainSize: { kind: 'size' },
  testSize: { kind: 'size' },
  validation: share(0.5),
  evaluateEvery: whole,
  augment: { kind: 'switch' },
  probes: { kind: 'switch' },
};

export type ControlName = keyof typeof fieldKinds;

/** The controls in groups, in the order a person thinks of them. */
export const sections: readonly { readonly title: string; readonly names: readonly ControlName[] }[] = [
  { title: 'Method', names: ['method', 'hilo', 'window', 'wx', 'wy', 'firstIndependent', 'bn'] },
  {
    title: 'Auxiliary networks',
    names: ['aux', 'auxDim', 'localLoss', 'pff', 'patches', 'patchesAtOnce', 'widen', 'decoderHidden', 'ixx', 'ixy'],
  },
  {
    title: 'Optimiser',
    names: ['learningRate', 'batch', 'momentum', 'nesterov', 'weightDecay', 'schedule', 'warmup', 'epochs'],
  },
  { title: 'Network', names: ['network', 'widths'] },
  {
    title: 'Data and measuring',
    names: ['data', 'resolution', 'trainSize', 'testSize', 'validation', 'seed', 'augment', 'evaluateEvery', 'probes'],
  },
];
