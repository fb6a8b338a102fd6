import { expect, it } from 'vitest';
import { recordOf } from '../compare/test-support.ts';
import { quantityOf, sweepSeries } from './sweep-results.ts';

const tested = (id: string, change: Parameters<typeof recordOf>[1], lastTest: number | undefined) =>
  recordOf(id, change, { scores: { lastTest } });

it('puts runs together by method and K, seeds as mean and spread', () => {
  const series = sweepSeries([
    tested('1', { cuts: 'k3', seed: 1 }, 0.5),
    tested('2', { cuts: 'k3', seed: 2 }, 0.7),
    tested('3', { cuts: 'k2' }, 0.6),
    tested('4', { method: 'bp' }, undefined),
  ]);
  expect(series.map(({ method, points }) => [method, points.map(({ modules, runs }) => [modules, runs])])).toEqual([
    [
      'InfoPro + HPFF (released)',
      [
        [2, 1],
        [3, 2],
      ],
    ],
    ['BP', [[1, 1]]],
  ]);
  const point = series[0]?.points[1];
  expect(point?.error?.mean).toBeCloseTo(0.4);
  expect(point?.error?.deviation).toBeCloseTo(Math.SQRT2 / 10);
  expect(series[1]?.points[0]?.error).toBeUndefined();
  expect(point && quantityOf(point, 'modules')).toEqual({ count: 2, mean: 3, deviation: 0 });
  expect(point && quantityOf(point, 'arithmetic')?.mean).toBe(100);
});
