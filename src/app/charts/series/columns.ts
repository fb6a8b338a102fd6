import type { ColumnKey, Columns } from '../../../runs/history.ts';
import { Track } from './track.ts';

/** Tracks of each run's columns, built as charts ask for them; they go when the run's history goes. */
const known = new WeakMap<Columns, { readonly cuts: number; readonly tracks: Map<ColumnKey, Map<number, Track>> }>();

/** The track of a column under a smoothing weight, up to date; undefined where nothing was ever measured. */
export function trackOf(columns: Columns, key: ColumnKey, weight: number): Track | undefined {
  const values = columns.read(key);
  if (values === undefined) return undefined;
  let made = known.get(columns);
  // A run that went back to a checkpoint grows anew from there.
  if (made === undefined || made.cuts !== columns.cuts) {
    made = { cuts: columns.cuts, tracks: new Map() };
    known.set(columns, made);
  }
  const { tracks } = made;
  let byWeight = tracks.get(key);
  if (byWeight === undefined) {
    byWeight = new Map();
    tracks.set(key, byWeight);
  }
  let track = byWeight.get(weight);
  if (track === undefined) {
    // A slider being moved asks for many weights: as measured, and the newest, are enough.
    for (const old of byWeight.keys()) if (old !== 0) byWeight.delete(old);
    track = new Track(weight);
    byWeight.set(weight, track);
  }
  track.extend(values);
  return track;
}

/** Index of the first entry of an ascending column at or above `x`; its length where all are below. */
export function firstAtOrAbove(column: Float64Array, x: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the entry of an ascending column nearest to `x`; -1 for an empty one. */
export function nearest(column: Float64Array, x: number): number {
  const after = firstAtOrAbove(column, x);
  if (after === 0) return column.length === 0 ? -1 : 0;
  if (after === column.length) return after - 1;
  return (column[after] as number) - x < x - (column[after - 1] as number) ? after : after - 1;
}
