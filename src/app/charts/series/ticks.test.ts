import { describe, expect, it } from 'vitest';
import { niceTicks } from './ticks.ts';

describe('ticks', () => {
  it('are round and within the axis', () => {
    expect(niceTicks(1, 69, 5)).toEqual([20, 40, 60]);
    expect(niceTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(0, 780, 5)).toEqual([0, 200, 400, 600]);
    expect(niceTicks(3, 3, 5)).toEqual([3]);
    expect(niceTicks(1, 2, 5, true)).toEqual([1, 2]);
  });

  it('never number more than asked for', () => {
    for (const high of [0.013, 1, 7, 99, 1234, 5e9]) expect(niceTicks(0, high, 5).length).toBeLessThanOrEqual(5);
  });
});
