/** Indices of the first and of the last measurement of one bucket, `last` included. */
export interface Bucket {
  readonly first: number;
  readonly last: number;
}

/** Shares `count` measurements out to at most `limit` buckets of the same size. */
export function bucketsOf(count: number, limit: number): Bucket[] {
  const size = Math.max(1, Math.ceil(count / Math.max(1, limit)));
  const buckets: Bucket[] = [];
  for (let first = 0; first < count; first += size) buckets.push({ first, last: Math.min(count, first + size) - 1 });
  return buckets;
}

/** Lowest and highest number of a bucket in the order they came, so that no spike is lost; undefined where all are NaN. */
export function extremes(values: Float64Array, { first, last }: Bucket): readonly [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let lowFirst = true;
  for (let index = first; index <= last; index++) {
    const value = values[index] as number;
    if (value < low) {
      low = value;
      lowFirst = false;
    }
    if (value > high) {
      high = value;
      lowFirst = true;
    }
  }
  if (low > high) return undefined;
  return lowFirst ? [low, high] : [high, low];
}
