import type { AugmentNormalise } from '../../graph/node.ts';
import { expectEqual, extents4, type Tensor } from './tensor.ts';

/** Position in a line of `size` pixels that padded position `at` (pixel 0 at 0) shows; undefined where it is a padded zero. */
function source(at: number, size: number, padding: 'reflect' | 'zero'): number | undefined {
  if (at >= 0 && at < size) return at;
  if (padding === 'zero') return undefined;
  // Reflection does not repeat the border pixel (PyTorch, NumPy 'reflect').
  return at < 0 ? -at : 2 * (size - 1) - at;
}

/**
 * augmentNormalise (method.md 7): images [B,H,W,3] of 0..255, crops [B,3] = (row offset, column offset, flip) -> y [B,H,W,3] =
 * (pixel/255 - mean)/std of the image padded by `pad` (mirrored, or with pixels 0), cropped from the offsets and then
 * flipped left to right. Throws on an offset outside 0..2*pad, or a pad that has no mirror image.
 */
export function augmentNormalise(images: Tensor, crops: Tensor, attributes: AugmentNormalise['attributes']): Tensor {
  const { mean, std, padding, pad } = attributes;
  const [batch, height, width, channels] = extents4(images.shape);
  expectEqual(crops.data.length, batch * 3, 'length of the crops');
  if (padding === 'reflect' && pad >= Math.min(height, width))
    throw new Error(`an image of ${height} x ${width} cannot be mirrored by ${pad} pixels`);
  const y = new Float64Array(images.data.length);
  for (let n = 0; n < batch; n++) {
    const top = offset(crops.data[n * 3], pad);
    const left = offset(crops.data[n * 3 + 1], pad);
    const flip = crops.data[n * 3 + 2] !== 0;
    for (let row = 0; row < height; row++) {
      const fromRow = source(row + top, height, padding);
      for (let column = 0; column < width; column++) {
        const fromColumn = source((flip ? width - 1 - column : column) + left, width, padding);
        const target = ((n * height + row) * width + column) * channels;
        const from =
          fromRow === undefined || fromColumn === undefined
            ? undefined
            : ((n * height + fromRow) * width + fromColumn) * channels;
        for (let c = 0; c < channels; c++) {
          const pixel = from === undefined ? 0 : (images.data[from + c] as number);
          y[target + c] = (pixel / 255 - (mean[c] as number)) / (std[c] as number);
        }
      }
    }
  }
  return { shape: images.shape, data: y };
}

/** Where a crop begins, counted from the unpadded image. */
function offset(crop: number | undefined, pad: number): number {
  if (crop === undefined || !(crop >= 0 && crop <= 2 * pad))
    throw new Error(`crop offset ${crop} is outside 0..${2 * pad}`);
  return crop - pad;
}
