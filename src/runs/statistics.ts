/** Mean and spread of what several runs measured. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation; 0 for a single number. */
  readonly deviation: number;
}

/** Mean and sample standard deviation of the numbers that are known; undefined where none is. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (known.length === 0) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count: known.length, mean, deviation: known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : 0 };
}
