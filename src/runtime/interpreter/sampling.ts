import type { Sample } from '../../graph/node.ts';
import { elements } from '../../graph/value.ts';
import { expectEqual, extents4, type Tensor } from './tensor.ts';

/** Where a resized line takes its numbers: for each output position two source positions and the weight of the second. */
interface Interpolation {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float64Array;
}

/**
 * Bilinear interpolation along one axis with align_corners (PyTorch): output position i reads source coordinate
 * i * (source - 1) / (target - 1), 0 where target is 1.
 */
export function interpolation(source: number, target: number): Interpolation {
  const lower = new Int32Array(target);
  const upper = new Int32Array(target);
  const fraction = new Float64Array(target);
  for (let index = 0; index < target; index++) {
    const coordinate = target > 1 ? (index * (source - 1)) / (target - 1) : 0;
    const floor = Math.floor(coordinate);
    lower[index] = floor;
    upper[index] = Math.min(floor + 1, source - 1);
    fraction[index] = coordinate - floor;
  }
  return { lower, upper, fraction };
}

/** Called for every pixel of the samples: target pixel, its four source pixels in the map, their four weights. */
type VisitPixel = (
  target: number,
  s00: number,
  s01: number,
  s10: number,
  s11: number,
  w00: number,
  w01: number,
  w10: number,
  w11: number,
) => void;

/** The linear map from a [B,H,W,C] image to its samples, pixel by pixel; both directions below read it. */
function forEachPixel(shape: readonly number[], sample: Sample, visit: VisitPixel): void {
  const [batch, height, width] = extents4(shape);
  const patchHeight = Math.floor(height / sample.grid);
  const patchWidth = Math.floor(width / sample.grid);
  const vertical = interpolation(patchHeight, sample.height);
  const horizontal = interpolation(patchWidth, sample.width);
  let target = 0;
  for (let patch = sample.first; patch < sample.first + sample.count; patch++) {
    const top = Math.floor(patch / sample.grid) * patchHeight;
    const left = (patch % sample.grid) * patchWidth;
    for (let n = 0; n < batch; n++) {
      for (let y = 0; y < sample.height; y++) {
        const upperRow = (n * height + top + (vertical.lower[y] as number)) * width + left;
        const lowerRow = (n * height + top + (vertical.upper[y] as number)) * width + left;
        const down = vertical.fraction[y] as number;
        for (let x = 0; x < sample.width; x++) {
          const x0 = horizontal.lower[x] as number;
          const x1 = horizontal.upper[x] as number;
          const right = horizontal.fraction[x] as number;
          visit(
            target++,
            upperRow + x0,
            upperRow + x1,
            lowerRow + x0,
            lowerRow + x1,
            (1 - down) * (1 - right),
            (1 - down) * right,
            down * (1 - right),
            down * right,
          );
        }
      }
    }
  }
}

/** Shape [count*B, height, width, C] of the samples of a [B,H,W,C] map. */
export function sampledShape(shape: readonly number[], sample: Sample): readonly [number, number, number, number] {
  const [batch, , , channels] = extents4(shape);
  return [batch * sample.count, sample.height, sample.width, channels];
}

/**
 * x [B,H,W,C] -> patches first..first+count-1 of a grid x grid division (method.md 5), each resized bilinearly with
 * align_corners to height x width: [count*B, height, width, C], patch after patch. Without `sample`, x itself.
 */
export function samplePatches(x: Tensor, sample: Sample | undefined): Tensor {
  if (sample === undefined) return x;
  const shape = sampledShape(x.shape, sample);
  const channels = shape[3];
  const source = x.data;
  const data = new Float64Array(elements(shape));
  forEachPixel(x.shape, sample, (target, s00, s01, s10, s11, w00, w01, w10, w11) => {
    for (let c = 0; c < channels; c++) {
      data[target * channels + c] =
        w00 * (source[s00 * channels + c] as number) +
        w01 * (source[s01 * channels + c] as number) +
        w10 * (source[s10 * channels + c] as number) +
        w11 * (source[s11 * channels + c] as number);
    }
  });
  return { shape, data };
}

/**
 * The transpose of `samplePatches`: dy [count*B, height, width, C] -> dx of `shape` [B,H,W,C], zero where no patch reads.
 * Without `sample`, dy itself.
 */
export function samplePatchesTransposed(dy: Tensor, shape: readonly number[], sample: Sample | undefined): Tensor {
  if (sample === undefined) return dy;
  const channels = extents4(shape)[3];
  expectEqual(dy.data.length, elements(sampledShape(shape, sample)), 'length of the gradient of the patches');
  const data = new Float64Array(elements(shape));
  const gradient = dy.data;
  forEachPixel(shape, sample, (target, s00, s01, s10, s11, w00, w01, w10, w11) => {
    for (let c = 0; c < channels; c++) {
      const value = gradient[target * channels + c] as number;
      data[s00 * channels + c] = (data[s00 * channels + c] as number) + w00 * value;
      data[s01 * channels + c] = (data[s01 * channels + c] as number) + w01 * value;
      data[s10 * channels + c] = (data[s10 * channels + c] as number) + w10 * value;
      data[s11 * channels + c] = (data[s11 * channels + c] as number) + w11 * value;
    }
  });
  return { shape, data };
}
