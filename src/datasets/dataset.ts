import { fail, ok, type Result } from '../base/result.ts';
import type { DatasetName, ImageFormat } from './image-formats.ts';
import type { ImageStore } from './image-store.ts';
import { thousands } from './thousands.ts';

/** Images and their labels. */
export interface ImageSet {
  readonly images: ImageStore;
  /** [count], each an index into the class names. */
  readonly labels: Uint16Array;
  readonly count: number;
}

/** A training and a test set with all that is needed to train on them and to name them. */
export interface Dataset {
  readonly name: DatasetName;
  /** For people. */
  readonly title: string;
  /** In label order; at least one. */
  readonly classNames: readonly string[];
  /** Of the images as they are here: `classes` is the number of class names, `imageSize` what they were read at. */
  readonly format: ImageFormat;
  /** Empty where only unlabelled images were given: see `checkTrainable`. */
  readonly train: ImageSet;
  /** A part that neither trains nor is reported as the test result; undefined where none was given or split off. */
  readonly validation: ImageSet | undefined;
  readonly test: ImageSet;
  /** Images without labels (STL-10), to look at and to reconstruct; undefined where there are none. */
  readonly unlabelled: ImageStore | undefined;
  /** Of all labelled images and labels, hex; see checksum.ts. */
  readonly checksum: string;
  /** What the user should be told about this data, a sentence or two each. */
  readonly notes: readonly string[];
  /** Source, terms of use and what to cite. */
  readonly terms: string;
}

/** Refuses a set that has no labelled images to train a classifier on. */
export function checkTrainable(dataset: Dataset): Result<void> {
  if (dataset.train.count > 0 && dataset.test.count > 0) return ok(undefined);
  return fail(
    `${dataset.title}: these images have no labels, so no classifier can be trained on them. They can be looked at and ` +
      'reconstructed; to train, give the labelled files too.',
    'data',
  );
}

/** One line for lists and logs: title, sizes, classes, checksum. */
export function describe(dataset: Dataset): string {
  const { title, train, validation, test, unlabelled, format, classNames, checksum } = dataset;
  const parts = [`${thousands(train.count)} training`];
  if (validation !== undefined) parts.push(`${thousands(validation.count)} validation`);
  if (unlabelled !== undefined) parts.push(`${thousands(unlabelled.count)} unlabelled`);
  const counts = `${parts.join(', ')} and ${thousands(test.count)} test images`;
  return `${title}: ${counts}, ${format.imageSize}x${format.imageSize}, ${classNames.length} classes, checksum ${checksum}`;
}
