import type { Sample } from '../../graph/node.ts';
import { elements } from '../../graph/value.ts';
import { samplePatches, samplePatchesTransposed } from './sampling.ts';
import { expectEqual, extents4, type Tensor } from './tensor.ts';

/**
 * globalAveragePool: x [B,H,W,C] -> y [B,C], the mean over H and W; with `sample` (whose height and width are the
 * patch's) [G*B,C], patch after patch.
 */
export function globalAveragePool(x: Tensor, sample: Sample | undefined): Tensor {
  expectPatchSize(x.shape, sample);
  const input = samplePatches(x, sample);
  const [rows, height, width, channels] = extents4(input.shape);
  const pixels = height * width;
  const y = new Float64Array(rows * channels);
  for (let pixel = 0; pixel < rows * pixels; pixel++) {
    const at = Math.floor(pixel / pixels) * channels;
    for (let c = 0; c < channels; c++) {
      y[at + c] = (y[at + c] as number) + (input.data[pixel * channels + c] as number) / pixels;
    }
  }
  return { shape: [rows, channels], data: y };
}

/**
 * globalAveragePoolGradient: dy [B,C] (or [G*B,C]) -> dx of `shape` [B,H,W,C] = dy/(H*W) at every pixel of the patch,
 * zero outside the patches, plus `accumulate`. Throws where shapes disagree.
 */
export function globalAveragePoolGradient(
  dy: Tensor,
  accumulate: Tensor | undefined,
  shape: readonly number[],
  sample: Sample | undefined,
): Tensor {
  expectPatchSize(shape, sample);
  const [batch, mapHeight, mapWidth, channels] = extents4(shape);
  const rows = batch * (sample?.count ?? 1);
  const height = sample?.height ?? mapHeight;
  const width = sample?.width ?? mapWidth;
  const pixels = height * width;
  expectEqual(dy.data.length, rows * channels, 'length of dy');
  const spread = new Float64Array(rows * pixels * channels);
  for (let pixel = 0; pixel < rows * pixels; pixel++) {
    const at = Math.floor(pixel / pixels) * channels;
    for (let c = 0; c < channels; c++) spread[pixel * channels + c] = (dy.data[at + c] as number) / pixels;
  }
  const dx = samplePatchesTransposed({ shape: [rows, height, width, channels], data: spread }, shape, sample);
  if (accumulate === undefined) return dx;
  expectEqual(accumulate.data.length, elements(shape), 'length of what is accumulated');
  return { shape, data: dx.data.map((value, index) => value + (accumulate.data[index] as number)) };
}

function expectPatchSize(shape: readonly number[], sample: Sample | undefined): void {
  if (sample === undefined) return;
  const [, height, width] = extents4(shape);
  expectEqual(sample.height, Math.floor(height / sample.grid), 'height of a pooled patch');
  expectEqual(sample.width, Math.floor(width / sample.grid), 'width of a pooled patch');
}
