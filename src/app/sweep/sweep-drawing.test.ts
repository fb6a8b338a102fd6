import { describe, expect, it } from 'vitest';
import type { SweepPoint, SweepSeries } from '../../store/sweep/sweep-results.ts';
import { dotsOfSeries, nearestDot, ringsAround, type SweepView, sweepDrawing, sweepPicture } from './sweep-drawing.ts';

const point = (method: string, modules: number, error: number, memory: number): SweepPoint => ({
  method,
  modules,
  runs: 2,
  error: { count: 2, mean: error, deviation: 0.01 },
  memory: { count: 2, mean: memory, deviation: 0 },
  arithmetic: undefined,
});
const series: readonly SweepSeries[] = [
  { method: 'DGL', points: [point('DGL', 2, 0.3, 4e6), point('DGL', 4, 0.4, 2e6)] },
  { method: 'HPFF', points: [point('HPFF', 2, 0.2, 6e6)] },
];
const view: SweepView = { x: 'modules', y: 'error', logX: false, logY: false, zoom: undefined };
const costs: SweepView = { ...view, x: 'memory' };

describe('a figure of a sweep', () => {
  it('has a line for each method, its points and their spreads', () => {
    const { shapes } = sweepDrawing(series, view, 'light');
    const ids = shapes.map(({ id }) => id.split(' ')[0]);
    expect(ids.filter((id) => id === 'line')).toHaveLength(2);
    expect(ids.filter((id) => id === 'dot')).toHaveLength(3);
    expect(ids.filter((id) => id === 'y')).toHaveLength(3);
    expect(sweepDrawing(series, { ...view, y: 'arithmetic' }, 'light').shapes).toEqual([]);
  });

  it('draws the only point of a method over those of the others it lies on', () => {
    const only: SweepSeries = { method: 'BP', points: [point('BP', 1, 0.2, 6e6)] };
    const { shapes } = sweepDrawing([only, ...series.slice(0, 1)], view, 'light');
    expect(shapes.at(-1)?.id).toBe('dot 0 0');
  });

  it('is logarithmic along each axis alone', () => {
    const across = sweepDrawing(series, { ...view, logX: true }, 'light');
    expect([across.horizontal.log, across.vertical.log]).toEqual([true, false]);
    const up = sweepDrawing(series, { ...view, logY: true }, 'light');
    expect([up.horizontal.log, up.vertical.log]).toEqual([false, true]);
    expect(up.vertical.low).toBeGreaterThan(0);
  });

  it('rings every point of the K pointed at, in all figures, most the one pointed at', () => {
    for (const one of [view, costs]) {
      const rings = ringsAround(series, one, { modules: 2, method: 'HPFF' }, 'dark');
      expect(rings.map(({ id }) => id)).toEqual(['ring 0 2', 'ring 1 2']);
      expect((rings[1]?.width ?? 0) > (rings[0]?.width ?? 0)).toBe(true);
    }
    expect(ringsAround(series, view, undefined, 'dark')).toEqual([]);
  });

  it('finds the point nearest to a pointer, and by the axis alone without a height', () => {
    const dots = series.flatMap((one) => dotsOfSeries(one, view));
    const drawing = sweepDrawing(series, view, 'light');
    expect(nearestDot(dots, drawing, 2.1, 0.1)?.point.method).toBe('HPFF');
    expect(nearestDot(dots, drawing, 2.1, 0.9)?.point.method).toBe('DGL');
    expect(nearestDot(dots, drawing, 3.9, undefined)?.point.modules).toBe(4);
    expect(nearestDot([], drawing, 1, 0)).toBeUndefined();
  });

  it('zooms to a part of its axis, and names methods, quantities and units in a file', () => {
    const part = sweepDrawing(series, { ...view, zoom: { low: 1.5, high: 2.5 } }, 'light');
    expect(part.horizontal).toMatchObject({ low: 1.5, high: 2.5 });
    const { legend, horizontal, vertical } = sweepPicture('Error', series, costs, 'light');
    expect(legend.map(({ label }) => label)).toEqual(['DGL', 'HPFF']);
    expect([horizontal.title, vertical.title]).toEqual(['Memory', 'Test error (%)']);
  });
});
