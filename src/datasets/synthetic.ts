import { randomStream } from '../base/random.ts';
import { checksumOf } from './checksum.ts';
import type { Dataset, ImageSet } from './dataset.ts';
import { imageFormats } from './image-formats.ts';
import { imagesInMemory } from './image-store.ts';
import { paint } from './painter.ts';
import { shapeClasses } from './shapes.ts';

const format = imageFormats.synthetic;
const size = format.imageSize;

export interface SyntheticSizes {
  /** Training images; a positive integer. */
  readonly train: number;
  /** Test images; a positive integer. */
  readonly test: number;
}

export const syntheticSizes: SyntheticSizes = { train: 5_000, test: 1_000 };

/** The set that the playground trains on has this seed, whatever the seed of a run. */
export const builtInSeed = 1;

/**
 * The built-in data set: ten kinds of shapes and patterns, 32x32 RGB, drawn from `seed`. Image i depends on (seed, set,
 * i) alone, so a smaller set is the start of a larger one; labels go round (image i has label i mod 10). Takes about
 * 0.1 ms an image.
 */
export function createSynthetic(seed: number, sizes: SyntheticSizes = syntheticSizes): Dataset {
  const train = drawSet(seed, 'train', sizes.train);
  const test = drawSet(seed, 'test', sizes.test);
  return {
    name: 'synthetic',
    title: 'Shapes (built in)',
    classNames: shapeClasses.map(({ name }) => name),
    format,
    train,
    validation: undefined,
    test,
    unlabelled: undefined,
    checksum: checksumOf([train, test]),
    notes: [
      'The built-in images are drawn by this program: for trying things out, not for results to compare with papers.',
    ],
    terms: 'Drawn by HPFF Playground; no rights are claimed in the images.',
  };
}

function drawSet(seed: number, name: string, count: number): ImageSet {
  const stride = size * size * 3;
  const images = new Uint8Array(count * stride);
  const labels = new Uint16Array(count);
  for (let index = 0; index < count; index++) {
    const stream = randomStream(seed, `synthetic/${name}/${index}`);
    const label = index % shapeClasses.length;
    const shape = shapeClasses[label];
    if (shape === undefined) throw new Error('synthetic: no such class');
    labels[index] = label;
    paint(shape.draw(stream), size, stream, images.subarray(index * stride, (index + 1) * stride));
  }
  return { images: imagesInMemory(images, stride), labels, count };
}
