import type { ImageFormat } from './image-formats.ts';

/** Images and their labels, whole in memory. Sets may share memory: nobody writes to them once made. */
export interface ImageSet {
  /** uint8 NHWC [count, size, size, 3], RGB. */
  readonly images: Uint8Array;
  /** [count], each an index into the class names. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** Twin of the experiment's data names, which may not import this folder; `configurationOf` is checked against both. */
export type DatasetName =
  | 'synthetic'
  | 'cifar-10'
  | 'cifar-100'
  | 'svhn'
  | 'stl-10'
  | 'tiny-imagenet'
  | 'imagenette'
  | 'imagenet'
  | 'mnist'
  | 'own';

/** A training and a test set with all that is needed to train on them and to name them. */
export interface Dataset {
  readonly name: DatasetName;
  /** For people. */
  readonly title: string;
  /** In label order. */
  readonly classNames: readonly string[];
  readonly format: ImageFormat;
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Of all images and labels, hex; see checksum.ts. */
  readonly checksum: string;
  /** What the user should be told about this data, a sentence or two each. */
  readonly notes: readonly string[];
  /** Source, terms of use and what to cite. */
  readonly terms: string;
}

/** One line for lists and logs: title, sizes, classes, checksum. */
export function describe(dataset: Dataset): string {
  const { title, train, test, format, classNames, checksum } = dataset;
  const counts = `${thousands(train.count)} training and ${thousands(test.count)} test images`;
  return `${title}: ${counts}, ${format.imageSize}x${format.imageSize}, ${classNames.length} classes, checksum ${checksum}`;
}

/** A count as people read it: 30,730,000. */
export const thousands = (count: number): string => count.toLocaleString('en-US');
