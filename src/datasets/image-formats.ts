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

const same = (value: number): readonly number[] => [value, value, value];

/** Mean and standard deviation of ImageNet (method.md 7), for photos of all kinds. */
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** Of sets without a recipe in the papers the padding is an eighth of the side, as CIFAR-10's is. */
const photos = { ...imagenet, padding: 'reflect', flip: true } as const;

/**
 * Normalisation and augmentation of each data set at its own size (method.md 7; the built-in set's own). The classes of `own` are an
 * assumption for plans made before the images are there.
 */
export const imageFormats: Readonly<Record<DatasetName, ImageFormat>> = {
  synthetic: {
    imageSize: 32,
    classes: 10,
    mean: same(0.38),
    std: same(0.22),
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
  'cifar-100': {
    imageSize: 32,
    classes: 100,
    mean: [129.3 / 255, 124.1 / 255, 112.4 / 255],
    std: [68.2 / 255, 65.4 / 255, 70.4 / 255],
    padding: 'reflect',
    pad: 4,
    flip: true,
  },
  svhn: { imageSize: 32, classes: 10, mean: same(0.5), std: same(0.5), padding: 'zero', pad: 2, flip: false },
  'stl-10': { imageSize: 96, classes: 10, mean: same(0.5), std: same(0.5), padding: 'zero', pad: 4, flip: true },
  'tiny-imagenet': { imageSize: 64, classes: 200, ...photos, pad: 8 },
  imagenette: { imageSize: 96, classes: 10, ...photos, pad: 12 },
  imagenet: { imageSize: 224, classes: 1000, ...photos, pad: 28 },
  mnist: { imageSize: 32, classes: 10, mean: same(0.1), std: same(0.275), padding: 'zero', pad: 2, flip: false },
  own: { imageSize: 64, classes: 10, ...photos, pad: 8 },
};

/**
 * The format of a set at another resolution: the padding keeps its share of the side, at least one pixel.
 *
 * @param classes of the images that were loaded, where they are fewer or other than the whole set's
 */
export function imageFormatAt(name: DatasetName, resolution: number, classes?: number): ImageFormat {
  const format = imageFormats[name];
  const pad = Math.max(1, Math.round((format.pad * resolution) / format.imageSize));
  return { ...format, imageSize: resolution, pad, classes: classes ?? format.classes };
}
