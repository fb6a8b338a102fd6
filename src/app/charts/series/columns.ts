import type { ColumnKey, Columns } from '../../../runs/history.ts';
import { Track } from './track.ts';

/** Tracks of each run's columns, built as charts ask for them; they go when the run's history goes. */
const known = new WeakMap<Columns, { readonly cuts: number; readonly tracks: Map<ColumnKey, Map<number, Track>> }>();

/** Weights of one column that are kept beside none, which always is: a slider being moved asks for many. */
const mostWeights = 2;

/** Numbers folded in between two turns of the page. */
const sliceLength = 2 ** 17;

/** The track of a column under a smoothing weight, up to date; undefined where nothing was ever measured. */
export function trackOf(columns: Columns, key: ColumnKey, weight: number): Track | undefined {
  const values = columns.read(key);
  if (values === undefined) return undefined;
  const track = keptTrack(columns, key, weight);
  track.extend(values);
  return track;
}

/** Brings a track up to date with turns of the page between its parts, so that who asks for it next has it at once. */
export async function foldIn(
  columns: Columns,
  key: ColumnKey,
  weight: number,
  pause: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const values = columns.read(key);
    if (values === undefined) return;
    const track = keptTrack(columns, key, weight);
    if (values.length - track.folded <= sliceLength) return;
    track.extend(values.subarray(0, track.folded + sliceLength));
    await pause();
  }
}

/** The track as it was left, or a new one. */
function keptTrack(columns: Columns, key: ColumnKey, weight: number): Track {
  let made = known.get(columns);
  // A run that went back to a checkpoint grows anew from there.
  if (made === undefined || made.cuts !== columns.cuts) {
    made = { cuts: columns.cuts, tracks: new Map() };
    known.set(columns, made);
  }
  const { tracks } = made;
  const byWeight = tracks.get(key) ?? new Map<number, Track>();
  tracks.set(key, byWeight);
  const track = byWeight.get(weight) ?? new Track(weight);
  // In the order of their use, the oldest first.
  byWeight.delete(weight);
  byWeight.set(weight, track);
  const smoothed = [...byWeight.keys()].filter((other) => other !== 0);
  for (const old of smoothed.slice(0, Math.max(0, smoothed.length - mostWeights))) byWeight.delete(old);
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
