import { checksumOf } from './checksum.ts';
import type { Dataset, ImageSet } from './dataset.ts';
import { imageFormatAt } from './image-formats.ts';
import { type ImageStore, imagesInMemory } from './image-store.ts';
import { resizeSquare } from './resize.ts';

/** A set with its images at another size, in memory; the same object where they have it. */
export function resizeDataset(dataset: Dataset, resolution: number): Dataset {
  const { imageSize } = dataset.format;
  if (imageSize === resolution) return dataset;
  const store = (images: ImageStore): ImageStore => resizeStore(images, imageSize, resolution);
  const set = (images: ImageSet): ImageSet => ({ ...images, images: store(images.images) });
  const train = set(dataset.train);
  const test = set(dataset.test);
  const validation = dataset.validation && set(dataset.validation);
  return {
    ...dataset,
    format: imageFormatAt(dataset.name, resolution, dataset.format.classes),
    train,
    validation,
    test,
    unlabelled: dataset.unlabelled && store(dataset.unlabelled),
    checksum: checksumOf(validation === undefined ? [train, test] : [train, test, validation]),
  };
}

function resizeStore(images: ImageStore, from: number, to: number): ImageStore {
  const stride = to * to * 3;
  const bytes = new Uint8Array(images.count * stride);
  const image = new Uint8Array(images.stride);
  for (let index = 0; index < images.count; index++) {
    images.copy(index, image, 0);
    bytes.set(resizeSquare(image, from, to), index * stride);
  }
  return imagesInMemory(bytes, stride);
}
