import { fail, ok, type Result } from '../base/result.ts';
import { checksumOf } from './checksum.ts';
import type { Dataset, ImageSet } from './dataset.ts';
import { type DatasetName, imageFormatAt } from './image-formats.ts';
import { type ImageStore, selectImages } from './image-store.ts';
import type { ReadContext } from './set-reader.ts';
import { splitForTest } from './subset.ts';

/** Images as they lie in a store, by index, with their labels. */
export interface LabelledImages {
  readonly indices: Uint32Array;
  /** As many, each below the number of classes. */
  readonly labels: Uint16Array;
}

/** What a reader found, before it is split where it has to be. */
export interface ReadParts {
  readonly name: DatasetName;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly terms: string;
  readonly notes: readonly string[];
  /** Pixels of a side, as the images lie in the store. */
  readonly imageSize: number;
  readonly store: ImageStore;
  readonly train: LabelledImages;
  readonly validation: LabelledImages | undefined;
  readonly test: LabelledImages;
  readonly unlabelled: Uint32Array | undefined;
}

/** No images. */
export const noImages: LabelledImages = { indices: new Uint32Array(0), labels: new Uint16Array(0) };

/** Some images, one set after another. */
export function joinImages(parts: readonly LabelledImages[]): LabelledImages {
  const count = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const indices = new Uint32Array(count);
  const labels = new Uint16Array(count);
  let at = 0;
  for (const part of parts) {
    indices.set(part.indices, at);
    labels.set(part.labels, at);
    at += part.labels.length;
  }
  return { indices, labels };
}

/** Images `first` to `first + labels.length - 1` of a store. */
export const imagesFrom = (first: number, labels: Uint16Array): LabelledImages => ({
  indices: Uint32Array.from(labels, (_, place) => first + place),
  labels,
});

/**
 * A data set of what was read. With only training or only test images, a seeded share of them, classes in proportion,
 * becomes the other part, and a note says so.
 */
export function assemble(
  read: ReadParts,
  { seed, testShare }: Pick<ReadContext, 'seed' | 'testShare'>,
): Result<Dataset> {
  const { name, title, classNames, terms, store } = read;
  const setOf = ({ indices, labels }: LabelledImages): ImageSet => ({
    images: selectImages(store, indices),
    labels,
    count: labels.length,
  });
  const notes = [...read.notes];
  let train = setOf(read.train);
  let test = setOf(read.test);
  const unlabelled = read.unlabelled === undefined ? undefined : selectImages(store, read.unlabelled);
  if (train.count === 0 && test.count === 0 && unlabelled === undefined) {
    return fail(`${title}: the files hold no images.`);
  }
  if (train.count === 0 || test.count === 0) {
    const all = train.count === 0 ? test : train;
    if (all.count > 0) {
      const missing = train.count === 0 ? 'training' : 'test';
      const parted = splitForTest(all, testShare, seed, name);
      ({ train, test } = parted);
      notes.push(`No ${missing} part was given. ${parted.note}`);
    } else {
      notes.push('Only images without labels were given: to look at and to reconstruct, not to train a classifier on.');
    }
  }
  const validation = read.validation === undefined ? undefined : setOf(read.validation);
  return ok({
    name,
    title,
    classNames,
    format: imageFormatAt(name, read.imageSize, classNames.length),
    train,
    validation,
    test,
    unlabelled,
    checksum: checksumOf(validation === undefined ? [train, test] : [train, test, validation]),
    notes,
    terms,
  });
}
