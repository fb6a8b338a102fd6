import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf, stillOn, ticksOf, valueAt, zoomed } from './axis.ts';

const axis = fc
  .tuple(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.double({ min: 1.01, max: 1e4, noNaN: true }), fc.boolean())
  .map(([low, factor, log]) => ({ low, high: low * factor, log }));
const place = fc.double({ min: 0, max: 1, noNaN: true });

describe('an axis', () => {
  it('finds the value of a place and the place of a value', () => {
    fc.assert(
      fc.property(axis, place, (axis, share) => {
        expect(placeOf(axis, valueAt(axis, share))).toBeCloseTo(share, 6);
      }),
    );
  });

  it('never leaves the whole when zoomed, and keeps what it is zoomed at in place', () => {
    fc.assert(
      fc.property(axis, place, fc.double({ min: 0.1, max: 4, noNaN: true }), (whole, share, factor) => {
        const centre = valueAt(whole, share);
        const now = zoomed(whole, whole, centre, factor);
        expect(placeOf(whole, now.low)).toBeGreaterThanOrEqual(-1e-9);
        expect(placeOf(whole, now.high)).toBeLessThanOrEqual(1 + 1e-9);
        if (factor < 1) expect(placeOf(now, centre)).toBeCloseTo(share, 5);
        else expect(placeOf(whole, now.high) - placeOf(whole, now.low)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('keeps a part that was chosen while its middle lies on it, and shows all where it does not', () => {
    const step = { low: 0, high: 60, log: false };
    for (const kept of [
      { low: 0, high: 60 },
      { low: 40, high: 70 },
    ])
      expect(stillOn(step, kept)).toBe(kept);
    for (const gone of [undefined, { low: 100, high: 150 }, { low: 50, high: 90 }, { low: -9, high: -1 }])
      expect(stillOn(step, gone)).toBeUndefined();
  });

  it('has round ticks within it, at most as many as asked for', () => {
    fc.assert(
      fc.property(axis, fc.integer({ min: 3, max: 8 }), (axis, most) => {
        const ticks = ticksOf(axis, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const tick of ticks) expect(placeOf(axis, tick)).toBeGreaterThan(-1e-6);
      }),
    );
    expect(ticksOf({ low: 1, high: 10_000, log: true }, 6)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(ticksOf({ low: 0.5, high: 30, log: true }, 8)).toEqual([0.5, 1, 2, 5, 10, 20]);
  });
});
