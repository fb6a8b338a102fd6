import type { DatasetName } from './dataset.ts';

/** What is known of a set's images before they are loaded: size, classes, and how raw bytes become the network's input. */
export interface ImageFormat {
  /** Pixels of a side; images are square with three channels. */
  readonly imageSize: number;
  readonly classes: number;
  /** Per channel, in units where a byte of 255 is 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** How an image is extended by `pad` pixels on each side before it is cropped. */
  readonly padding: 'reflect' | 'zero';
  readonly pad: number;
  /** Whether half of the training images are mirrored left to right. */
  readonly flip: boolean;
}

/** Normalisation and augmentation of each data set (method.md 7; the built-in set's own). */
export const imageFormats: Readonly<Record<DatasetName, ImageFormat>> = {
  synthetic: {
    imageSize: 32,
    classes: 10,
    mean: [0.38, 0.38, 0.38],
    std: [0.22, 0.22, 0.22],
    padding: 'reflect',
    pad: 4,
    flip: true,
  },
  'cifar-10': {
    imageSize: 32,
    classes: 10,
    mean: [125.3 / 255, 123.0 / 255, 113.9 / 255],
    std: [63.0 / 255, 62.1 / 255, 66.7 / 255],
    padding: 'reflect',
    pad: 4,
    flip: true,
  },
};
