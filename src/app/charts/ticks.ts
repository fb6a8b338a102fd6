/**
 * Round places for an axis from `low` to `high`: steps of 1, 2 or 5 times a power of ten, at most `most` of them.
 *
 * @param whole whether places between whole numbers mean nothing
 */
export function niceTicks(low: number, high: number, most: number, whole = false): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return [low];
  const rough = Math.max((high - low) / Math.max(1, most - 1), whole ? 1 : 0);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * (1 - 1e-9)) ?? power * 10;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // By multiplication and rounding: sums of steps would drift.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Places on an axis from 0 that reach above the highest value, so that no line leaves the plot. */
export function ticksFromZero(high: number, most: number): number[] {
  if (!Number.isFinite(high) || high <= 0) return [0, 1];
  const ticks = niceTicks(0, high, most);
  const step = (ticks[1] ?? high) - (ticks[0] ?? 0);
  const last = ticks.at(-1) ?? 0;
  return last >= high ? ticks : [...ticks, Number((last + step).toPrecision(12))];
}
