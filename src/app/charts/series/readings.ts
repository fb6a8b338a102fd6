import type { XAxis } from '../../../store/chart-view.ts';
import { type Axis, placeOf } from './axis.ts';
import { nearest, trackOf } from './columns.ts';
import { columnsOf, type Line, weightOf } from './line.ts';

/** What a line says at a place: the nearest measurement, smoothed as drawn. */
export interface Reading {
  readonly line: Line;
  readonly value: number;
}

/** Readings of the lines at `x`; a line that has ended, not begun, or has a gap there says nothing. */
export function readingsAt(lines: readonly Line[], xAxis: XAxis, x: number, smoothing: number): Reading[] {
  return lines.flatMap((line) => {
    if (line.ghost) return [];
    const columns = columnsOf(line);
    const places = columns.read(xAxis);
    const values = columns.read(line.column);
    const track = trackOf(columns, line.column, weightOf(line, smoothing));
    const ended = line.run.history.train.last(xAxis) ?? 0;
    if (places === undefined || values === undefined || track === undefined || x > ended) return [];
    const index = nearest(places, x);
    const value = index < 0 ? Number.NaN : track.at(values, index);
    return Number.isNaN(value) ? [] : [{ line, value }];
  });
}

/** The place of the measurement nearest to `x` among all lines; `x` where there are none. */
export function snapped(lines: readonly Line[], xAxis: XAxis, x: number): number {
  let best: number | undefined;
  for (const line of lines) {
    const places = columnsOf(line).read(xAxis);
    const index = places === undefined ? -1 : nearest(places, x);
    if (index < 0) continue;
    const place = (places as Float64Array)[index] as number;
    if (best === undefined || Math.abs(place - x) < Math.abs(best - x)) best = place;
  }
  return best ?? x;
}

/** The nearest measurement's place beyond `x` to one side; `x` where there is none. */
export function neighbour(lines: readonly Line[], xAxis: XAxis, x: number, side: 1 | -1): number {
  let best: number | undefined;
  for (const line of lines) {
    const places = columnsOf(line).read(xAxis);
    if (places === undefined) continue;
    let index = nearest(places, x);
    while (index >= 0 && index < places.length && ((places[index] as number) - x) * side <= 0) index += side;
    const place = places[index];
    if (place !== undefined && (best === undefined || (place - x) * side < (best - x) * side)) best = place;
  }
  return best ?? x;
}

/** Readings by their distance from a height of the plot (0 at its foot to 1); as they are where no height is known. */
export function nearestFirst(readings: readonly Reading[], vertical: Axis, height: number | undefined): Reading[] {
  if (height === undefined) return [...readings];
  const far = ({ value }: Reading) => {
    const distance = Math.abs(placeOf(vertical, value) - height);
    return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  };
  return readings
    .map((reading) => ({ reading, distance: far(reading) }))
    .sort((one, other) => (one.distance === other.distance ? 0 : one.distance - other.distance))
    .map(({ reading }) => reading);
}
