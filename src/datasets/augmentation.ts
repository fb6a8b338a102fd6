import { randomStream } from '../base/random.ts';
import type { ImageFormat } from './image-formats.ts';

/**
 * The crops of one training batch: int32 [count, 3], a row per image of (row offset, column offset, flip). Offsets are
 * pixels in 0..2*pad of the padded image, uniform; flip is 0 or 1. They depend on (seed, step) alone, so every method
 * and executor sees the same ones. With `enabled` false: `centreCrops`.
 */
export function drawCrops(
  seed: number,
  step: number,
  count: number,
  augmentation: Pick<ImageFormat, 'pad' | 'flip'>,
  enabled: boolean,
): Int32Array {
  if (!enabled) return centreCrops(count, augmentation);
  const stream = randomStream(seed, `crops/${step}`);
  const offsets = 2 * augmentation.pad + 1;
  const crops = new Int32Array(count * 3);
  for (let at = 0; at < crops.length; at += 3) {
    crops[at] = stream.below(offsets);
    crops[at + 1] = stream.below(offsets);
    // Drawn even if unused, so that the flip setting moves no offset.
    const flip = stream.below(2);
    crops[at + 2] = augmentation.flip ? flip : 0;
  }
  return crops;
}

/** Crops [count, 3] that leave images as they are: the middle, not mirrored. For evaluation. */
export function centreCrops(count: number, augmentation: Pick<ImageFormat, 'pad'>): Int32Array {
  const crops = new Int32Array(count * 3);
  for (let at = 0; at < crops.length; at += 3) {
    crops[at] = augmentation.pad;
    crops[at + 1] = augmentation.pad;
  }
  return crops;
}
