import { type Axis, placeOf, valueAt } from './axis.ts';
import { firstAtOrAbove } from './columns.ts';
import type { Track } from './track.ts';

/** A place on a line. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The part of a line that lies on the axis, as at most `limit` points: where there are more measurements, the lowest and the highest of
 * each bucket in the order they came, so that no spike is lost. Buckets are powers of two at fixed places: a growing line does not flicker.
 *
 * @param x ascending, as long as `y`
 * @param limit at least 4
 */
export function pointsOf(x: Float64Array, y: Float64Array, track: Track, axis: Axis, limit: number): Point[] {
  // One beyond either end, so that the line leaves the plot where it should.
  const begin = Math.max(0, firstAtOrAbove(x, axis.low) - 1);
  const end = Math.min(x.length, firstAtOrAbove(x, axis.high) + 2);
  const points: Point[] = [];
  const seen = (index: number) => !axis.log || (x[index] as number) > 0;
  let index = begin;
  while (index < end) {
    const size = bucketSize(x, axis, index, end - begin, limit);
    const first = index - (index % size);
    const last = Math.min(x.length, first + size) - 1;
    index = last + 1;
    const found = track.bucket(y, first, size);
    if (found === undefined || !seen(first)) continue;
    const { low, high, lowFirst } = found;
    points.push({ x: x[first] as number, y: lowFirst ? low : high });
    if (last > first) points.push({ x: x[last] as number, y: lowFirst ? high : low });
  }
  return points;
}

/** How many measurements, a power of two, share the bucket that begins at or holds `index`. */
function bucketSize(x: Float64Array, axis: Axis, index: number, count: number, limit: number): number {
  if (count <= limit) return 1;
  // Some are held back: the first and the last may stick out, and where sizes change a bucket is smaller.
  if (!axis.log) return powerOfTwo(count / Math.max(1, limit / 2 - 2));
  const here = x[index] as number;
  if (!(here > 0)) return 1;
  // On a logarithmic axis as many as lie in one bucket's share of the width here: the further right, the more.
  const share = 1 / Math.max(1, limit / 2 - 24);
  const size = powerOfTwo(firstAtOrAbove(x, valueAt(axis, placeOf(axis, here) + share)) - index);
  // A bucket begins at a multiple of its size, and never before what is drawn already.
  return index % size === 0 ? size : index & -index;
}

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, least)));
