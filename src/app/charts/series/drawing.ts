import { allSeries } from '../../../runs/history.ts';
import type { XAxis } from '../../../store/chart-view.ts';
import type { Axis } from './axis.ts';
import { trackOf } from './columns.ts';
import { columnsOf, type Line, type ShownRun, weightOf } from './line.ts';
import { type Point, pointsOf } from './points.ts';
import { logTicks, roundedUp, ticksAround } from './ticks.ts';

/** A line with the points it is drawn through. */
export interface DrawnLine {
  readonly line: Line;
  readonly points: readonly Point[];
}

/** What the vertical axis shows: shares of 1, amounts from 0 on, losses, of which only the differences matter, or cosines. */
export type Measure = 'share' | 'amount' | 'loss' | 'cosine';

/** Points that all lines of a chart may have together, so that drawing fits into a frame or two. */
const budget = 3000;
/** More points than this no screen can show. */
const mostPoints = 500;

/** Points each of so many lines may have. */
export const pointsPerLine = (lines: number): number =>
  Math.max(60, Math.min(mostPoints, Math.floor(budget / Math.max(1, lines))));

/** The lines as far as they lie on the axis; those without a point are left out. */
export function drawLines(lines: readonly Line[], xAxis: XAxis, axis: Axis, smoothing: number): DrawnLine[] {
  const limit = pointsPerLine(lines.length);
  return lines.flatMap((line) => {
    const columns = columnsOf(line);
    const x = columns.read(xAxis);
    const y = columns.read(line.column);
    const track = trackOf(columns, line.column, weightOf(line, smoothing));
    if (x === undefined || y === undefined || track === undefined) return [];
    const points = pointsOf(x, y, track, axis, limit);
    return points.length === 0 ? [] : [{ line, points }];
  });
}

/** The horizontal axis of some runs, up to a round place: a run that goes on needs another one only now and then. */
export function wholeAxis(runs: readonly ShownRun[], xAxis: XAxis, log: boolean): Axis {
  const { low, high, log: kept } = measuredAxis(runs, xAxis, log);
  return { low, high: Math.max(low, roundedUp(high)), log: kept };
}

/** All that was measured of some runs. On a logarithmic axis what is not above 0 has no place. */
export function measuredAxis(runs: readonly ShownRun[], xAxis: XAxis, log: boolean): Axis {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { history } of runs) {
    for (const series of allSeries) {
      const x = history[series].read(xAxis);
      if (x === undefined || x.length === 0) continue;
      const first = log ? x.find((value) => value > 0) : x[0];
      low = Math.min(low, first ?? low);
      high = Math.max(high, x[x.length - 1] as number);
    }
  }
  if (low > high) return { low: 0, high: 1, log: false };
  return { low, high, log: log && high > low };
}

/** The vertical axis of what is drawn, with its ticks. */
export interface VerticalAxis extends Axis {
  readonly ticks: readonly number[];
}

type WithPoints = Pick<DrawnLine, 'points'>;

export function verticalAxis(drawn: readonly WithPoints[], measure: Measure, log: boolean): VerticalAxis {
  if (log) return logarithmic(drawn);
  if (measure === 'share') return { low: 0, high: 1, log, ticks: [0, 0.25, 0.5, 0.75, 1] };
  if (measure === 'cosine') return { low: -1, high: 1, log, ticks: [-1, -0.5, 0, 0.5, 1] };
  const { low, high } = extent(drawn, Number.isFinite);
  const ticks = ticksAround(measure === 'loss' ? low : 0, high, 6);
  return { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1, log, ticks };
}

function logarithmic(drawn: readonly WithPoints[]): VerticalAxis {
  const { low, high } = extent(drawn, (y) => y > 0 && Number.isFinite(y));
  if (high === 0) return { low: 0.1, high: 1, log: true, ticks: [0.1, 1] };
  // A line that is level needs room on both sides.
  const room = (high / low) ** 0.05 * (high === low ? 2 : 1);
  const axis = { low: toTwentiethOfDecade(Math.floor, low / room), high: toTwentiethOfDecade(Math.ceil, high * room) };
  return { ...axis, log: true, ticks: logTicks(axis.low, axis.high, 6) };
}

/** Rounds to a twentieth of a decade: what changes little keeps its axis. */
const toTwentiethOfDecade = (round: (place: number) => number, value: number): number =>
  10 ** (round(Math.log10(value) * 20) / 20);

/** Lowest and highest value drawn, of those that have a place; without any, low is above high. */
function extent(drawn: readonly WithPoints[], hasPlace: (y: number) => boolean): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const { points } of drawn) {
    for (const { y } of points) {
      if (!hasPlace(y)) continue;
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }
  return { low, high };
}
