import type { Experiment } from './experiment.ts';

/** Data sets an experiment can name. `own` is whatever images the user brings, and any set of a hub that is none of the others. */
export const dataNames = [
  'synthetic',
  'cifar-10',
  'cifar-100',
  'svhn',
  'stl-10',
  'tiny-imagenet',
  'imagenette',
  'imagenet',
  'mnist',
  'own',
] as const;
export type DataName = (typeof dataNames)[number];

/** Pixels of a side that images can be brought to. Beyond `largestTrained` an experiment can be planned, not trained. */
export const resolutions = [32, 64, 96, 224] as const;
export type Resolution = (typeof resolutions)[number];
export const largestTrained: Resolution = 96;

/** What an experiment on a set starts from. */
export interface DataSetDefaults {
  /** For people. */
  readonly title: string;
  /** The resolution nearest to the set's own images. */
  readonly resolution: Resolution;
  /** Share of the training part held out for validation: none where a set has its official parts. */
  readonly validation: number;
}

export const dataSets: Readonly<Record<DataName, DataSetDefaults>> = {
  synthetic: { title: 'built-in shapes', resolution: 32, validation: 0 },
  'cifar-10': { title: 'CIFAR-10', resolution: 32, validation: 0 },
  'cifar-100': { title: 'CIFAR-100', resolution: 32, validation: 0 },
  svhn: { title: 'SVHN', resolution: 32, validation: 0 },
  'stl-10': { title: 'STL-10', resolution: 96, validation: 0 },
  'tiny-imagenet': { title: 'Tiny-ImageNet', resolution: 64, validation: 0 },
  imagenette: { title: 'Imagenette', resolution: 96, validation: 0 },
  imagenet: { title: 'ImageNet', resolution: 224, validation: 0 },
  mnist: { title: 'MNIST', resolution: 32, validation: 0 },
  own: { title: 'own images', resolution: 64, validation: 0.1 },
};

/** Fields that follow the data set where they are not set by hand: its resolution and validation part. */
export const fieldsOfData = (data: DataName): Pick<Experiment, 'resolution' | 'validation'> => {
  const { resolution, validation } = dataSets[data];
  return { resolution, validation };
};
