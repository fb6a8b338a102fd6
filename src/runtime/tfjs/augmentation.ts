import { tensor4d } from '@tensorflow/tfjs-core';
import type { AugmentNormalise } from '../../graph/node.ts';
import type { NodeContext } from './context.ts';

/**
 * Crop, flip and normalise the batch's raw images. Done in TypeScript: the bytes are on the CPU anyway, and per-image offsets
 * would take a gather over every pixel.
 */
export function runAugmentNormalise(node: AugmentNormalise, context: NodeContext): void {
  const { mean, std, padding, pad } = node.attributes;
  const { images, crops } = context.batch;
  const [count, height, width, channels] = context.value(node.outputs.y).shape as [number, number, number, number];
  const tables = mean.map((middle, channel) => pixelTable(middle, std[channel] as number));
  const result = new Float32Array(count * height * width * channels);
  const columns = new Int32Array(width);
  let at = 0;
  for (let image = 0; image < count; image++) {
    const [down, across, flip] = crops.subarray(image * 3, image * 3 + 3) as unknown as [number, number, number];
    for (let x = 0; x < width; x++) {
      columns[x] = source((flip === 0 ? x : width - 1 - x) + across - pad, width, padding);
    }
    for (let y = 0; y < height; y++) {
      const row = source(y + down - pad, height, padding);
      for (let x = 0; x < width; x++) {
        const column = columns[x] as number;
        const from = row < 0 || column < 0 ? -1 : ((image * height + row) * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          const pixel = from < 0 ? 0 : (images[from + channel] as number);
          result[at++] = (tables[channel] as Float32Array)[pixel] as number;
        }
      }
    }
  }
  context.set(node.outputs.y, tensor4d(result, [count, height, width, channels]));
}

/** The normalised value of each of the 256 bytes. */
const pixelTable = (mean: number, std: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - mean) / std);

/** The pixel of the image at a position that may lie outside it; -1 where that is a zero. */
function source(position: number, length: number, padding: 'reflect' | 'zero'): number {
  if (position >= 0 && position < length) return position;
  if (padding === 'zero') return -1;
  const reflected = position < 0 ? -position : 2 * (length - 1) - position;
  return reflected;
}
