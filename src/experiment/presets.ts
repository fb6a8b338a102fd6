import { fail, ok, type Result } from '../base/result.ts';
import { type DataName, fieldsOfData } from './data-sets.ts';
import type { Experiment } from './experiment.ts';
import { type CutWord, cutWords, type NetworkName, networkNames } from './networks.ts';
import { parseExperiment } from './schema.ts';

/** The papers' recipe on CIFAR-10 (method.md 7), plain back-propagation on ResNet-32. */
const recipe: Experiment = {
  network: 'resnet32',
  widths: [16, 16, 32, 64],
  cuts: 'k3',
  method: 'bp',
  hilo: false,
  window: 1,
  wx: 0.001,
  wy: 0.999,
  firstIndependent: false,
  pff: 'none',
  patches: 2,
  patchesAtOnce: 'all',
  aux: '1c2f',
  auxDim: 128,
  widen: 1,
  localLoss: 'cross_entropy',
  decoderHidden: 12,
  ixx: [5, 1],
  ixy: [0.5, 1],
  bn: 'once',
  batch: 1024,
  learningRate: 0.8,
  momentum: 0.9,
  nesterov: true,
  weightDecay: 1e-4,
  schedule: 'cosine-epoch',
  warmup: 10,
  epochs: 400,
  seed: 1,
  data: 'cifar-10',
  trainSize: 'all',
  testSize: 'all',
  ...fieldsOfData('cifar-10'),
  evaluateEvery: 1,
  augment: true,
  probes: true,
};

type MethodPart = Partial<Experiment>;

/** What each family sets on top of the recipe; network and cuts come from the preset's suffix. */
const families = {
  bp: { method: 'bp' },
  greedy: { method: 'greedy', aux: '0c1f' },
  dgl: { method: 'dgl', aux: '1c2f' },
  'dgl-hilo': { method: 'dgl', aux: '1c2f', hilo: true, window: 2, bn: 'released' },
  'dgl-cascade': { method: 'dgl', aux: '1c2f', hilo: true, window: 2, bn: 'released', wx: 0, wy: 1 },
  'dgl-hpff': { method: 'dgl', aux: '1c2f', hilo: true, window: 2, bn: 'released', pff: 'paper' },
  infopro: { method: 'infopro', aux: '0c2f' },
  'infopro-contrast': { method: 'infopro', aux: '0c2f', localLoss: 'contrast' },
  'hpff-released': {
    method: 'infopro',
    aux: '0c2f',
    hilo: true,
    window: 2,
    pff: 'released',
    bn: 'released',
    ixx: [5, 0],
    ixy: [0.5, 0],
  },
  'hpff-paper': { method: 'infopro', aux: '1c2f', hilo: true, window: 2, pff: 'paper', firstIndependent: true },
} as const satisfies Record<string, MethodPart>;

const imagenetRecipe = { batch: 128, learningRate: 0.05, epochs: 90 } as const;

/**
 * What each set's recipe changes (method.md 7), by the last part of a preset's name; CIFAR-10's is the one without.
 * ImageNet's is planned at 224 as published, and trained on Tiny-ImageNet's 64.
 */
const recipes = {
  cifar10: recipeOf('cifar-10', {}),
  cifar100: recipeOf('cifar-100', {}),
  svhn: recipeOf('svhn', {}),
  stl10: recipeOf('stl-10', { batch: 128, learningRate: 0.1 }),
  tinyimagenet: recipeOf('tiny-imagenet', imagenetRecipe),
  imagenet: recipeOf('imagenet', imagenetRecipe),
} as const satisfies Record<string, MethodPart>;

export type RecipeName = keyof typeof recipes;
export const recipeNames = Object.keys(recipes) as RecipeName[];

function recipeOf(data: DataName, changes: MethodPart): MethodPart {
  return { data, ...fieldsOfData(data), ...changes };
}

/**
 * What a family fixes of an experiment: the method, and everything about it that the family does not name back at the recipe's values. Weights of
 * InfoPro's losses are left as they are.
 */
export function methodOfFamily(family: Family): Partial<Experiment> {
  const { method, hilo, window, wx, wy, firstIndependent, pff, aux, localLoss, bn } = {
    ...recipe,
    ...families[family],
  };
  return { method, hilo, window, wx, wy, firstIndependent, pff, aux, localLoss, bn };
}

export type Family = keyof typeof families;
export const familyNames = Object.keys(families) as Family[];

/** HPFF on a small network and the built-in set: seconds to see it learn on any machine. */
const quick: Experiment = {
  ...recipe,
  ...families['hpff-released'],
  network: 'resnet8',
  cuts: 'k3',
  ixx: [5, 1],
  ixy: [0.5, 1],
  batch: 32,
  learningRate: 0.05,
  schedule: 'cosine-step',
  warmup: 0,
  epochs: 5,
  data: 'synthetic',
};

/** Presets to offer in lists, by what they are for; any `FAMILY/NETWORK-CUTS` works. */
export const presetGroups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'To start with', names: ['quick'] },
  {
    title: 'HPFF',
    names: [
      'hpff-released/resnet32-k8',
      'hpff-released/resnet32-all',
      'hpff-paper/resnet20-all',
      'hpff-paper/resnet32-all',
      'hpff-paper/resnet110-all',
    ],
  },
  {
    title: 'Other methods',
    names: [
      'infopro/resnet32-all',
      'infopro-contrast/resnet32-all',
      'greedy/resnet32-all',
      'bp/resnet32',
      'bp/resnet110',
    ],
  },
  {
    // The paper's table: independent losses alone, cascade alone, both, and with patches.
    title: "The paper's ablation",
    names: ['dgl/resnet32-all', 'dgl-cascade/resnet32-all', 'dgl-hilo/resnet32-all', 'dgl-hpff/resnet32-all'],
  },
  {
    title: 'Other data sets',
    names: [
      'hpff-released/resnet32-k8-svhn',
      'hpff-released/resnet32-k8-stl10',
      'hpff-released/resnet32-k8-tinyimagenet',
      'hpff-released/resnet32-k8-imagenet',
    ],
  },
];

/** All of them. */
export const suggestedPresets: readonly string[] = presetGroups.flatMap(({ names }) => names);

/**
 * The experiment a preset's name stands for: `quick`, or `FAMILY/NETWORK-CUTS-RECIPE` such as `hpff-released/resnet32-k8-svhn`;
 * the recipe may be left out (CIFAR-10's), and the cuts (`bp/resnet32`, `bp/resnet32-svhn`), which means k3.
 */
export function presetExperiment(name: string): Result<Experiment> {
  if (name === 'quick') return ok(quick);
  const [family, suffix, ...rest] = name.split('/');
  const [network, ...parts] = (suffix ?? '').split('-');
  const ofRecipe = recipeNames.find((recipeName) => recipeName === parts.at(-1));
  const [cuts = 'k3', ...more] = ofRecipe === undefined ? parts : parts.slice(0, -1);
  const known =
    familyNames.includes(family as Family) &&
    networkNames.includes(network as NetworkName) &&
    cutWords.includes(cuts as CutWord) &&
    rest.length + more.length === 0;
  if (!known) {
    return fail(
      `There is no preset "${name}". Presets are quick, or FAMILY/NETWORK-CUTS-RECIPE with family ${familyNames.join(', ')}, network ${networkNames.join(', ')}, cuts ${cutWords.join(', ')} and recipe ${recipeNames.join(', ')}: for example ${suggestedPresets[1]} or ${suggestedPresets.at(-1)}.`,
      'experiment',
    );
  }
  return parseExperiment({
    ...recipe,
    ...families[family as Family],
    ...(ofRecipe === undefined ? {} : recipes[ofRecipe]),
    network: network as NetworkName,
    cuts: cuts as CutWord,
  });
}

/** The experiment a new page starts with. */
export const startingExperiment: Experiment = quick;
