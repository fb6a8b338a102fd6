import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoxShape, dotsOf, type LineShape, type PlotFrame, pathOf, rectOf } from './shapes.ts';

const frame: PlotFrame = {
  horizontal: { low: 0, high: 10, log: false },
  vertical: { low: 0, high: 1, log: false },
  width: 100,
  height: 50,
};
const log = { ...frame, vertical: { low: 0.01, high: 1, log: true } };

describe('a line in a plot', () => {
  it('runs from place to place, and breaks where a value has none', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 5, y: 0.5 },
      { x: 6, y: Number.POSITIVE_INFINITY },
      { x: 10, y: 1 },
    ];
    expect(pathOf(points, frame)).toBe('M0,50L50,25M100,0');
    expect(
      pathOf(
        [
          { x: 0, y: 0.1 },
          { x: 1, y: 0 },
          { x: 2, y: -1 },
          { x: 10, y: 1 },
        ],
        log,
      ),
    ).toBe('M0,25M100,0');
  });

  it('has dots where they are few, and none beyond the plot', () => {
    const line: LineShape = {
      kind: 'line',
      id: 'a',
      points: [-5, 0, 5].map((x) => ({ x, y: 0.5 })),
      colour: 'red',
      width: 2,
      opacity: 1,
      dash: undefined,
      dots: true,
    };
    expect(dotsOf(line, frame)).toEqual([
      { x: 0, y: 25 },
      { x: 50, y: 25 },
    ]);
    expect(dotsOf({ ...line, dots: false }, frame)).toEqual([]);
    expect(dotsOf({ ...line, points: Array(61).fill({ x: 1, y: 0.5 }) }, frame)).toEqual([]);
  });

  it('costs little however many there are: 120 lines of 60 points in less than a quarter of a frame', () => {
    const points = Array.from({ length: 60 }, (_, x) => ({ x, y: Math.sin(x) }));
    const draw = () => {
      const begun = performance.now();
      for (let line = 0; line < 120; line++) pathOf(points, frame);
      return performance.now() - begun;
    };
    // The best of some: the machine may be busy with other things.
    expect(Math.min(...Array.from({ length: 10 }, draw))).toBeLessThan(12);
  });
});

describe('a box in a plot', () => {
  const box: BoxShape = { kind: 'box', id: 'a', from: 2, to: 4, low: 0, high: 0.5, colour: 'red', opacity: 1 };

  it('is cut where the plot ends, and stands on the foot of a logarithmic axis', () => {
    expect(rectOf(box, frame)).toEqual({ x: 20, y: 25, width: 20, height: 25 });
    expect(rectOf({ ...box, from: -3, high: 9 }, frame)).toEqual({ x: 0, y: 0, width: 40, height: 50 });
    expect(rectOf({ ...box, high: 0.1 }, log)).toEqual({ x: 20, y: 25, width: 20, height: 25 });
    expect(rectOf({ ...box, high: 0 }, log)).toBeUndefined();
    expect(rectOf({ ...box, from: 20, to: 30 }, frame)).toBeUndefined();
  });

  it('never leaves the plot', () => {
    const number = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, (from, to, low, high) => {
        const rect = rectOf({ ...box, from, to, low, high }, frame);
        if (rect === undefined) return;
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.width).toBeLessThanOrEqual(100.2);
        expect(rect.y + rect.height).toBeLessThanOrEqual(50.2);
      }),
    );
  });
});
