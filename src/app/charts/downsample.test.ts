import { describe, expect, it } from 'vitest';
import { bucketsOf, extremes } from './downsample.ts';

describe('bucketsOf', () => {
  it('covers every measurement once, in at most so many buckets', () => {
    for (const count of [0, 1, 7, 249, 250, 251, 1000, 19_201]) {
      const buckets = bucketsOf(count, 250);
      expect(buckets.length).toBeLessThanOrEqual(250);
      let next = 0;
      for (const { first, last } of buckets) {
        expect(first).toBe(next);
        expect(last).toBeGreaterThanOrEqual(first);
        next = last + 1;
      }
      expect(next).toBe(count);
    }
  });
});

describe('extremes', () => {
  const whole = { first: 0, last: 3 };
  it('keeps a spike up or down, in the order of time', () => {
    expect(extremes(Float64Array.of(1, 9, 2, 3), whole)).toEqual([1, 9]);
    expect(extremes(Float64Array.of(5, 9, 2, 3), whole)).toEqual([9, 2]);
  });

  it('passes over gaps', () => {
    expect(extremes(Float64Array.of(Number.NaN, 4, Number.NaN, 6), whole)).toEqual([4, 6]);
    expect(extremes(Float64Array.of(Number.NaN, Number.NaN), { first: 0, last: 1 })).toBeUndefined();
    expect(extremes(Float64Array.of(7), { first: 0, last: 0 })).toEqual([7, 7]);
  });
});
