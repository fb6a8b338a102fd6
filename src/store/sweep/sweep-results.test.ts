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
        [1, 1],
        [2, 1],
        [3, 2],
      ],
    ],
    ['BP', [[1, 1]]],
  ]);
  const point = series[0]?.points[2];
  expect(point?.error?.mean).toBeCloseTo(0.4);
  expect(point?.error?.deviation).toBeCloseTo(Math.SQRT2 / 10);
  expect(series[1]?.points[0]?.error).toBeUndefined();
  expect(point && quantityOf(point, 'modules')).toEqual({ count: 2, mean: 3, deviation: 0 });
  expect(point && quantityOf(point, 'arithmetic')?.mean).toBe(100);
});

it('makes a run of K = 1 a point of every method that is otherwise trained the same, each seed once', () => {
  const points = (...runs: Parameters<typeof sweepSeries>[0]) =>
    sweepSeries(runs).map(({ method, points }) => [method, points.map(({ modules, runs }) => [modules, runs])]);
  const dgl = { method: 'dgl', hilo: false, window: 1, pff: 'none', bn: 'once' } as const;
  const runs = [
    tested('1', { cuts: 'k1', seed: 1 }, 0.8),
    tested('2', { cuts: 'k1', seed: 2 }, 0.7),
    tested('3', { cuts: 'k2' }, 0.6),
    tested('4', { ...dgl, cuts: 'k2' }, 0.5),
    tested('5', { ...dgl, cuts: 'k3', learningRate: 0.01 }, 0.5),
    tested('6', { method: 'greedy', hilo: false, window: 1, pff: 'none', bn: 'once', batch: 7 }, 0.5),
  ];
  const expected = [
    [
      'InfoPro + HPFF (released)',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'DGL',
      [
        [1, 2],
        [2, 1],
        [3, 1],
      ],
    ],
    ['greedy', [[3, 1]]],
  ];
  expect(points(...runs)).toEqual(expected);
  // As it was trained before, once for each method: a seed is one point all the same, and back-propagation has its own.
  expect(points(...runs, tested('7', { ...dgl, cuts: 'k1', seed: 2 }, 0.7))).toEqual(expected);
  expect(points(...runs, tested('8', { method: 'bp', seed: 3 }, 0.9))).toEqual([
    [
      'InfoPro + HPFF (released)',
      [
        [1, 3],
        [2, 1],
      ],
    ],
    [
      'DGL',
      [
        [1, 3],
        [2, 1],
        [3, 1],
      ],
    ],
    ['greedy', [[3, 1]]],
    ['BP', [[1, 1]]],
  ]);
});
