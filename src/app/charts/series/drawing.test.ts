import { describe, expect, it } from 'vitest';
import { drawLines, measuredAxis, pointsPerLine, verticalAxis, wholeAxis } from './drawing.ts';
import { withGhosts } from './line.ts';
import { fakeRun, lossLine } from './lines.fakes.ts';
import { tableRows } from './table-rows.ts';

const long = fakeRun(
  'long',
  Array.from({ length: 10_000 }, (_, step) => (step === 4321 ? 99 : 1)),
  { 5000: 2 },
);
const short = fakeRun('short', [3, 2]);

describe('drawing', () => {
  it('keeps a single spike among ten thousand steps in at most 500 points, and the test as measured', () => {
    const lines = [lossLine(long, 'train'), lossLine(long, 'test')];
    const drawn = drawLines(lines, 'step', wholeAxis([long], 'step', false), 0);
    expect(drawn[0]?.points.length).toBeLessThanOrEqual(500);
    expect(Math.max(...(drawn[0]?.points.map(({ y }) => y) ?? []))).toBe(99);
    expect(drawn[1]?.points).toEqual([{ x: 5000, y: 2 }]);
    expect(verticalAxis(drawn, 'amount', false)).toMatchObject({ low: 0, high: 100 });
  });

  it('covers all runs, and gives many lines fewer points', () => {
    expect(wholeAxis([long, short], 'step', true)).toEqual({ low: 1, high: 10_000, log: true });
    expect(wholeAxis([], 'step', true)).toEqual({ low: 0, high: 1, log: false });
    const grown = fakeRun('grown', Array(1234).fill(1));
    expect(measuredAxis([grown], 'step', false)).toEqual({ low: 1, high: 1234, log: false });
    expect(wholeAxis([grown], 'step', false)).toEqual({ low: 1, high: 1300, log: false });
    expect(pointsPerLine(1)).toBe(500);
    expect(pointsPerLine(54)).toBeLessThan(100);
  });

  it('puts a pale twin behind few smoothed lines, behind many none', () => {
    const line = lossLine(short, 'train');
    expect(withGhosts([line], 0.9).map(({ ghost }) => ghost === true)).toEqual([true, false]);
    expect(withGhosts([line], 0)).toHaveLength(1);
    expect(withGhosts(Array(20).fill(line), 0.9)).toHaveLength(20);
  });
});

describe('the vertical axis', () => {
  const drawn = drawLines([lossLine(short, 'train')], 'step', wholeAxis([short], 'step', false), 0);
  it('is fixed for shares and cosines, reaches above amounts, and leaves room where it is logarithmic', () => {
    expect(verticalAxis(drawn, 'share', false)).toMatchObject({ low: 0, high: 1 });
    expect(verticalAxis(drawn, 'cosine', false)).toMatchObject({ low: -1, high: 1 });
    const log = verticalAxis(drawn, 'amount', true);
    expect(log.low).toBeLessThan(2);
    expect(log.high).toBeGreaterThan(3);
    expect(verticalAxis([], 'amount', true).low).toBeGreaterThan(0);
    expect(verticalAxis(drawn, 'loss', false)).toMatchObject({ low: 2, high: 3 });
    expect(verticalAxis([], 'loss', false)).toMatchObject({ low: 0, high: 1 });
  });
});

describe('the table', () => {
  it('has the newest measurement first, and at most so many of each run and phase', () => {
    const rows = tableRows(
      [lossLine(long, 'train'), lossLine(long, 'test')],
      'step',
      wholeAxis([long], 'step', false),
      10,
    );
    expect(rows).toHaveLength(11);
    expect(rows[0]).toEqual({ x: 10_000, values: [1, undefined] });
    expect(rows.at(-1)?.x).toBe(1);
    expect(rows).toContainEqual({ x: 5000, values: [undefined, 2] });
  });
});
