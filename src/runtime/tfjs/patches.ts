import { add, pad, slice, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Sample } from '../../graph/node.ts';
import { resizeBilinear, resizeGradient } from './resize.ts';
import { groupRows, stackRows } from './rows.ts';

/** What a patch takes of a map: all sizes in pixels of the map. */
interface PatchPlace {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

type Division = Pick<Sample, 'grid' | 'first' | 'count'>;

/** Where the patches of a sample lie in a map of height x width, row-major. */
export function patchPlaces(division: Division, height: number, width: number): PatchPlace[] {
  const patchHeight = Math.floor(height / division.grid);
  const patchWidth = Math.floor(width / division.grid);
  return Array.from({ length: division.count }, (_, offset) => {
    const index = division.first + offset;
    return {
      top: Math.floor(index / division.grid) * patchHeight,
      left: (index % division.grid) * patchWidth,
      height: patchHeight,
      width: patchWidth,
    };
  });
}

/** The patches of a map, unresized: [B,H,W,C] -> [count*B,h,w,C], patch after patch. */
export function cutPatches(map: Tensor4D, division: Division): Tensor4D {
  const [rows, height, width, channels] = map.shape;
  const places = patchPlaces(division, height, width);
  return stackRows(
    places.map((place) =>
      place.height === height && place.width === width
        ? map
        : slice(map, [0, place.top, place.left, 0], [rows, place.height, place.width, channels]),
    ),
  );
}

/** Adjoint of `cutPatches`: patches put back into a map of zeros. */
export function placePatches(patches: Tensor4D, division: Division, height: number, width: number): Tensor4D {
  const whole = patchPlaces(division, height, width).map((place, index) => {
    const patch = groupRows(patches, division.count, index);
    const bottom = height - place.top - place.height;
    const right = width - place.left - place.width;
    if (bottom + right + place.top + place.left === 0) return patch;
    return pad(patch, [
      [0, 0],
      [place.top, bottom],
      [place.left, right],
      [0, 0],
    ]);
  });
  return whole.reduce((sum, map) => add(sum, map));
}

/** How an operation sees its input: the map itself, or its patches at the sampled size. */
export function sampled(map: Tensor4D, sample: Sample | undefined): Tensor4D {
  if (sample === undefined) return map;
  return resizeBilinear(cutPatches(map, sample), sample.height, sample.width);
}

/** Adjoint of `sampled`: the gradient at the sampled size, gathered into a map of height x width. */
export function unsampled(gradient: Tensor4D, sample: Sample | undefined, height: number, width: number): Tensor4D {
  if (sample === undefined) return gradient;
  const patchHeight = Math.floor(height / sample.grid);
  const patchWidth = Math.floor(width / sample.grid);
  return placePatches(resizeGradient(gradient, patchHeight, patchWidth), sample, height, width);
}
