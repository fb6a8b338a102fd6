/**
 * Round places for an axis from `low` to `high`: steps of 1, 2 or 5 times a power of ten, at most `most` of them.
 *
 * @param whole whether places between whole numbers mean nothing
 */
export function niceTicks(low: number, high: number, most: number, whole = false): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return [low];
  const step = roundStep((high - low) / Math.max(1, most - 1), whole);
  return multiples(step, Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9));
}

/** The least round number not below a value above 0: what grows keeps it for a while. At most a tenth above. */
export function roundedUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = power / (value < 2 * power ? 10 : value < 5 * power ? 5 : 2);
  return Math.max(value, Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12)));
}

/** Round places that reach below `low` and above `high`, so that no line leaves the plot; from 0 where there is no span to choose by. */
export function ticksAround(low: number, high: number, most: number): number[] {
  if (!Number.isFinite(high) || high <= 0) return [0, 1];
  const from = low < high ? low : 0;
  const step = roundStep((high - from) / Math.max(1, most - 1), false);
  return multiples(step, Math.floor(from / step + 1e-9), Math.ceil(high / step - 1e-9));
}

/** The least of 1, 2 or 5 times a power of ten that is not below a step. */
function roundStep(step: number, whole: boolean): number {
  const rough = Math.max(step, whole ? 1 : 0);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= rough * (1 - 1e-9)) ?? power * 10;
}

/** By multiplication and rounding: sums of steps would drift. */
const multiples = (step: number, first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));

/** Round places on a logarithmic axis: powers of ten, or 1, 2 and 5 times them, at most `most`; plain ones where it spans less than a power. */
export function logTicks(low: number, high: number, most: number): number[] {
  if (!(low > 0) || !(high > low)) return [low];
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  const within = (factors: readonly number[], every: number) =>
    Array.from({ length: last - first + 1 }, (_, place) => first + place)
      .filter((power) => power % every === 0)
      .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const fine = within([1, 2, 5], 1);
  if (fine.length < 2) return niceTicks(low, high, most);
  if (fine.length <= most) return fine;
  for (let every = 1; ; every++) {
    const coarse = within([1], every);
    if (coarse.length <= most) return coarse.length > 1 ? coarse : fine.slice(0, most);
  }
}
