import type { ImageFormat } from './image-formats.ts';

/**
 * One image as a training step sees it before it is normalised: extended by `pad` pixels on each side, cropped at (row, column) of the
 * extended image and mirrored where `flip` is 1. For people to look at; the executors do the same in their own way.
 *
 * @param image uint8 RGB [size, size, 3]
 * @param crop (row offset, column offset, flip), as `drawCrops` gives it
 */
export function augmentedImage(
  image: Uint8Array,
  { imageSize: size, pad, padding }: Pick<ImageFormat, 'imageSize' | 'pad' | 'padding'>,
  [top, left, flip]: readonly [top: number, left: number, flip: number],
): Uint8Array {
  const made = new Uint8Array(image.length);
  for (let row = 0; row < size; row++) {
    const fromRow = sourceOf(row + top - pad, size, padding);
    for (let column = 0; column < size; column++) {
      const fromColumn = sourceOf((flip === 1 ? size - 1 - column : column) + left - pad, size, padding);
      if (fromRow === undefined || fromColumn === undefined) continue;
      const from = (fromRow * size + fromColumn) * 3;
      made.set(image.subarray(from, from + 3), (row * size + column) * 3);
    }
  }
  return made;
}

/** Reflection does not repeat the border pixel. */
function sourceOf(at: number, size: number, padding: ImageFormat['padding']): number | undefined {
  if (at >= 0 && at < size) return at;
  if (padding === 'zero') return undefined;
  return at < 0 ? -at : 2 * (size - 1) - at;
}
