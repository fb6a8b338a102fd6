import { describe, expect, it } from 'vitest';
import { niceTicks, roundedUp, ticksAround } from './ticks.ts';

describe('ticks', () => {
  it('are round and within the axis', () => {
    expect(niceTicks(1, 69, 5)).toEqual([20, 40, 60]);
    expect(niceTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(0, 780, 5)).toEqual([0, 200, 400, 600]);
    expect(niceTicks(3, 3, 5)).toEqual([3]);
    expect(niceTicks(1, 2, 5, true)).toEqual([1, 2]);
  });

  it('reach around what is drawn, from 0 where that is one value', () => {
    expect(ticksAround(2.11, 2.43, 6)).toEqual([2.1, 2.2, 2.3, 2.4, 2.5]);
    expect(ticksAround(0, 2.6, 5)).toEqual([0, 1, 2, 3]);
    expect(ticksAround(0.05, 0.05, 6)).toEqual([0, 0.01, 0.02, 0.03, 0.04, 0.05]);
    expect(ticksAround(Number.POSITIVE_INFINITY, 0, 5)).toEqual([0, 1]);
  });

  it('end a growing axis at a round place not below it and at most a tenth above', () => {
    expect([1, 7, 12, 38, 100, 101, 1234, 0.341, 0].map(roundedUp)).toEqual([1, 7, 12, 38, 100, 110, 1300, 0.36, 0]);
    for (let value = 0.003; value < 1e7; value *= 1.013) {
      expect(roundedUp(value)).toBeGreaterThanOrEqual(value);
      expect(roundedUp(value)).toBeLessThanOrEqual(value * 1.1);
    }
  });

  it('never number more than asked for', () => {
    for (const high of [0.013, 1, 7, 99, 1234, 5e9]) expect(niceTicks(0, high, 5).length).toBeLessThanOrEqual(5);
  });
});
