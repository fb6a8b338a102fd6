import { describe, expect, it } from 'vitest';
import { placeOf, sliderSteps, stepped, valueAt } from './number-steps.ts';

describe('stepped', () => {
  it.each([
    [0.05, 1, 0.06],
    [0.05, -1, 0.04],
    [0.1, -1, 0.09],
    [0.1, 1, 0.2],
    [0.9, 1, 1],
    [0, 1, 0.001],
    [0, -1, 0],
    [0.0001, -1, 0.00009],
  ] as const)('%d by %d is %d', (value, direction, next) => expect(stepped(value, direction, false)).toBe(next));

  it('counts whole numbers', () => {
    expect(stepped(32, 1, true)).toBe(33);
    expect(stepped(0, -1, true)).toBe(0);
  });
});

describe('sliders', () => {
  const rate = { from: 1e-4, to: 10, log: true };
  it('go over decades evenly and stop at the ends', () => {
    expect(placeOf(1e-4, rate)).toBe(0);
    expect(placeOf(0, rate)).toBe(0);
    expect(placeOf(100, rate)).toBe(sliderSteps);
    expect(valueAt(placeOf(0.1, rate), rate)).toBeCloseTo(0.1, 2);
    expect(valueAt(sliderSteps / 2, { from: 0, to: 1, log: false })).toBe(0.5);
  });
});
