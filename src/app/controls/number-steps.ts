import type { SliderRange } from './field-kinds.ts';

/**
 * The next value of an arrow key: one for whole numbers, else one in the first figure, so that 0.05 goes to 0.06 and
 * 0.1 down to 0.09. Never below 0.
 */
export function stepped(value: number, direction: 1 | -1, whole: boolean): number {
  if (whole) return Math.max(0, Math.round(value) + direction);
  if (value === 0) return direction === 1 ? 0.001 : 0;
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const onePower = Math.abs(value / 10 ** exponent - 1) < 1e-9;
  const step = 10 ** (direction === -1 && onePower ? exponent - 1 : exponent);
  return Math.max(0, Number((value + direction * step).toPrecision(6)));
}

/** Steps of a slider's track. */
export const sliderSteps = 200;

/** Place of a value on the track, 0 to `sliderSteps`; values outside stand at the ends. */
export function placeOf(value: number, { from, to, log }: SliderRange): number {
  const share = log
    ? (Math.log(Math.max(value, from)) - Math.log(from)) / (Math.log(to) - Math.log(from))
    : (value - from) / (to - from);
  return Math.round(Math.min(1, Math.max(0, share)) * sliderSteps);
}

/** Value at a place of the track, in three figures. */
export function valueAt(place: number, { from, to, log }: SliderRange): number {
  const share = place / sliderSteps;
  const value = log ? from * (to / from) ** share : from + (to - from) * share;
  return Number(value.toPrecision(3));
}
