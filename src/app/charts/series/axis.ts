import { logTicks, niceTicks } from './ticks.ts';

/** What an axis covers, and whether equal distances are equal factors. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

/** An axis as it is drawn. */
export interface PlotAxis extends Axis {
  readonly ticks: readonly number[];
  /** What it shows, with its unit. */
  readonly title: string;
  /** A tick in words. */
  format(value: number): string;
}

/** Whether two axes are drawn alike. */
export function looksLike(one: PlotAxis, other: PlotAxis): boolean {
  const told = ({ ticks, format }: PlotAxis) => ticks.map((tick) => `${tick} ${format(tick)}`).join(' ');
  return (
    one.low === other.low &&
    one.high === other.high &&
    one.log === other.log &&
    one.title === other.title &&
    told(one) === told(other)
  );
}

/** Place of a value along the axis: 0 at its low end, 1 at its high end. */
export function placeOf({ low, high, log }: Axis, value: number): number {
  if (high <= low) return 0;
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** The value at a place. */
export const valueAt = ({ low, high, log }: Axis, place: number): number =>
  log ? low * (high / low) ** place : low + place * (high - low);

/** What is in sight of an axis; undefined: all of it. On a logarithmic axis a part begins where the axis does. */
export const partOf = (whole: Axis, part: { readonly low: number; readonly high: number } | undefined): Axis =>
  part === undefined ? whole : { ...part, low: whole.log ? Math.max(whole.low, part.low) : part.low, log: whole.log };

/** A part that was chosen, as long as its middle lies on the axis: another experiment's, or another sweep's, may end before it. */
export const stillOn = <Part extends { readonly low: number; readonly high: number }>(
  whole: Axis,
  part: Part | undefined,
): Part | undefined => {
  if (part === undefined) return undefined;
  const middle = (part.low + part.high) / 2;
  return middle > whole.low && middle < whole.high ? part : undefined;
};

/** A piece of the axis around `centre`, `factor` times as wide (below 1: closer), that does not leave `whole`. */
export function zoomed(whole: Axis, now: Axis, centre: number, factor: number): Axis {
  const from = placeOf(whole, now.low);
  const to = placeOf(whole, now.high);
  const width = Math.min(1, (to - from) * factor);
  const at = placeOf(whole, centre);
  const start = Math.min(1 - width, Math.max(0, at - (at - from) * (width / (to - from || 1))));
  return { ...whole, low: valueAt(whole, start), high: valueAt(whole, start + width) };
}

/** Round places on an axis, at most `most`; `whole` where places between whole numbers mean nothing. */
export const ticksOf = ({ low, high, log }: Axis, most: number, whole = false): number[] =>
  log && high > low ? logTicks(low, high, most) : niceTicks(low, high, most, whole);
