import type { Dataset, ImageSet } from '../datasets/dataset.ts';
import { defaultMemoryLimit } from '../datasets/image-store.ts';
import { splitValidation, subset } from '../datasets/subset.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { ImagePart, RunImages } from '../formats/run-images.ts';

/** The part of a data set that an experiment trains, validates and tests on. */
export const chosenPart = (experiment: Experiment, whole: Dataset): Dataset => {
  const { trainSize, testSize, validation, seed } = experiment;
  return splitValidation(subset(whole, trainSize, testSize, seed), validation, seed);
};

/** The very images of a run, in one piece; undefined where they would take more than 512 MiB. `dataset` is the training's own. */
export function runImages({ name, title, checksum, format, train, test }: Dataset): RunImages | undefined {
  const bytes = (train.count + test.count) * train.images.stride;
  if (bytes > defaultMemoryLimit) return undefined;
  return { name, title, checksum, imageSize: format.imageSize, train: whole(train), test: whole(test) };
}

function whole({ images: store, labels, count }: ImageSet): ImagePart {
  const images = new Uint8Array(count * store.stride);
  for (let index = 0; index < count; index++) store.copy(index, images, index * store.stride);
  return { images, labels: Int32Array.from(labels), count };
}
