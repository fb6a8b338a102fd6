import { expect, it } from 'vitest';
import type { SweepSeries } from '../../store/sweep/sweep-results.ts';
import { sweepCsv, sweepInWords, sweepJson } from './sweep-files.ts';

const spread = (mean: number, deviation: number) => ({ count: 2, mean, deviation });
const series: readonly SweepSeries[] = [
  {
    method: 'DGL, small',
    points: [
      {
        method: 'DGL, small',
        modules: 2,
        runs: 2,
        error: spread(0.25, 0.01),
        memory: spread(8e6, 0),
        arithmetic: undefined,
      },
    ],
  },
];

it('hands out what a figure of a sweep shows, with means and deviations', () => {
  expect(sweepCsv(series, 'modules', 'error')).toBe(
    'method,K,runs,error,error deviation\n"DGL, small",2,2,0.25,0.01\n',
  );
  expect(sweepCsv(series, 'arithmetic', 'memory')).toContain('\n"DGL, small",2,2,,,8000000,0\n');
  expect(JSON.parse(sweepJson('Test error against K', series, 'modules', 'error'))).toEqual({
    title: 'Test error against K',
    points: [{ method: 'DGL, small', K: 2, runs: 2, error: spread(0.25, 0.01) }],
  });
});

it('says it in words', () => {
  const words = sweepInWords('Test error against multiply-adds', series, 'arithmetic', 'error').replaceAll(
    '\u00a0',
    ' ',
  );
  expect(words).toBe(
    'Test error against multiply-adds. DGL, small: K = 2: multiply-adds per image not measured, test error 25.0 % ± 1.0 %.',
  );
});
