import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Axis } from './axis.ts';
import { pointsOf } from './points.ts';
import { Track } from './track.ts';

const tracked = (values: Float64Array, weight = 0) => {
  const track = new Track(weight);
  track.extend(values);
  return track;
};
const steps = (count: number) => Float64Array.from({ length: count }, (_, index) => index + 1);
const axisOf = (x: Float64Array, log = false): Axis => ({ low: x[0] ?? 0, high: x.at(-1) ?? 1, log });

describe('the points of a line', () => {
  it('keep the highest and the lowest of what is in sight, in order, and are no more than asked for', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 1, maxLength: 3000, noNaN: true, min: -1e9, max: 1e9 }),
        fc.boolean(),
        fc.integer({ min: 100, max: 500 }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        (y, log, limit, [one, other]) => {
          const x = steps(y.length);
          const low = 1 + Math.floor(Math.min(one, other) * (x.length - 1));
          const high = 1 + Math.ceil(Math.max(one, other) * (x.length - 1));
          const points = pointsOf(x, y, tracked(y), { low, high, log }, limit);
          expect(points.length).toBeLessThanOrEqual(limit);
          const inSight = y.subarray(low - 1, high);
          expect(Math.max(...points.map((point) => point.y))).toBeGreaterThanOrEqual(Math.max(...inSight));
          expect(Math.min(...points.map((point) => point.y))).toBeLessThanOrEqual(Math.min(...inSight));
          for (let index = 1; index < points.length; index++)
            expect((points[index] as { x: number }).x).toBeGreaterThan((points[index - 1] as { x: number }).x);
        },
      ),
    );
  });

  it('are few hundred look-ups for a million measurements, zoomed or not, on both axes', () => {
    const count = 1_000_000;
    const y = Float64Array.from({ length: count }, (_, index) => Math.sin(index / 1000) + (index === 123_456 ? 50 : 0));
    const x = steps(count);
    for (const weight of [0, 0.99]) {
      const track = tracked(y, weight);
      for (const axis of [axisOf(x), axisOf(x, true), { low: 100_000, high: 200_000, log: false }]) {
        const before = track.reads;
        const points = pointsOf(x, y, track, axis, 500);
        expect(points.length).toBeLessThanOrEqual(500);
        expect(points.length).toBeGreaterThan(200);
        expect(track.reads - before).toBeLessThan(3000);
        if (weight === 0) expect(Math.max(...points.map((point) => point.y))).toBeGreaterThan(49);
      }
      // A growing run folds in what is new and nothing else.
      const before = track.reads;
      track.extend(y);
      expect(track.reads).toBe(before);
    }
  });

  it('leave out what a logarithmic axis cannot show, and gaps', () => {
    const x = Float64Array.of(0, 1, 2, 3);
    const y = Float64Array.of(5, 6, Number.NaN, 7);
    expect(pointsOf(x, y, tracked(y), { low: 1, high: 3, log: true }, 500)).toEqual([
      { x: 1, y: 6 },
      { x: 3, y: 7 },
    ]);
  });
});
