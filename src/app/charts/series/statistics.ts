import { trackOf } from './columns.ts';
import { columnsOf, type Line } from './line.ts';

/** Which end of a line is good. */
export type Better = 'higher' | 'lower' | undefined;

/** How a line ends: compared with its range, over its last quarter. */
export type Trend = 'rising' | 'falling' | 'level';

/** What is said of a line in words and numbers. */
export interface Statistics {
  readonly last: number;
  /** As measured; undefined where neither end is good. */
  readonly best: number | undefined;
  readonly lowest: number;
  readonly highest: number;
  readonly trend: Trend | undefined;
}

/** Smoothing under which a trend is a trend and no noise. */
const trendWeight = 0.9;

/** Last, best and trend of a line over the whole run; undefined before its first measurement. */
export function statisticsOf(line: Line, better: Better): Statistics | undefined {
  const columns = columnsOf(line);
  const values = columns.read(line.column);
  const track = trackOf(columns, line.column, 0);
  const last = columns.last(line.column);
  if (values === undefined || track === undefined || last === undefined) return undefined;
  const all = track.bucket(values, 0, 2 ** Math.ceil(Math.log2(Math.max(1, values.length))));
  if (all === undefined) return undefined;
  const best = better === undefined ? undefined : better === 'higher' ? all.high : all.low;
  return { last, best, lowest: all.low, highest: all.high, trend: trendOf(line, values, all.high - all.low) };
}

function trendOf(line: Line, values: Float64Array, range: number): Trend | undefined {
  if (values.length < 4) return undefined;
  const track = trackOf(columnsOf(line), line.column, line.phase === 'train' ? trendWeight : 0);
  const end = track?.at(values, values.length - 1);
  const before = track?.at(values, Math.floor(0.75 * (values.length - 1)));
  if (end === undefined || before === undefined || Number.isNaN(end - before)) return undefined;
  if (Math.abs(end - before) <= 0.05 * range) return 'level';
  return end > before ? 'rising' : 'falling';
}
