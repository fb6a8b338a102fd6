import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { RunSummary } from '../../runs/run-record.ts';
import { planSweep } from './sweep-plan.ts';
import { pointsAsCsv, summarise } from './sweep-results.ts';

const plan = {
  experiment: 'quick',
  set: ['batch=8'],
  grid: { cuts: ['k2', 'k3'], hilo: [true, false] },
  seeds: [1, 2],
};

const summaryOf = (lastTest: number | undefined): RunSummary => ({
  state: 'finished',
  step: 1,
  totalSteps: 1,
  stepsPerEpoch: 1,
  seconds: 1,
  imagesPerSecond: undefined,
  peakBytes: 1,
  plannedBytes: 1,
  multiplyAdds: 1,
  scores: {
    lastTest,
    bestTest: undefined,
    bestTestEpoch: undefined,
    testAtBestValidation: undefined,
    bestValidation: undefined,
    finalLoss: undefined,
  },
});

test('every point of the grid runs with every seed', () => {
  const runs = expectOk(planSweep(JSON.stringify(plan), 'sweep.json'));
  expect(runs).toHaveLength(8);
  expect(runs[3]).toEqual({
    folder: '002-seed-2',
    point: ['cuts=k2', 'hilo=false'],
    seed: 2,
    argv: [
      ...['--experiment', 'quick', '--set', 'batch=8', '--set', 'cuts=k2'],
      ...['--set', 'hilo=false', '--set', 'seed=2'],
    ],
  });
});

test.each([
  ['{', /not JSON/],
  ['{"experiment": "quick"}', /seeds/],
  ['{"experiment": "quick", "seeds": []}', /seeds/],
  ['{"experiment": "quick", "seeds": [1], "gird": {}}', /gird/],
  [
    JSON.stringify({ ...plan, grid: Object.fromEntries('abcdefghij'.split('').map((key) => [key, [1, 2, 3]])) }),
    /more than/,
  ],
])('refuses %s in words', (text, words) => {
  const planned = planSweep(text, 'sweep.json');
  expect(planned.ok ? '' : planned.error.message).toMatch(words);
});

test('mean and sample standard deviation over the seeds', () => {
  const runs = expectOk(planSweep(JSON.stringify({ ...plan, grid: { cuts: ['k2', 'k3'] }, seeds: [1, 2, 3] }), 's'));
  const tests = [0.2, 0.3, 0.4, 0.5, undefined, undefined];
  const points = summarise(runs.map((run, index) => ({ run, summary: summaryOf(tests[index]) })));
  expect(points.map(({ runs: count, measures }) => [count, measures.last_test])).toEqual([
    [3, { count: 3, mean: expect.closeTo(0.3), deviation: expect.closeTo(0.1) }],
    [3, { count: 1, mean: 0.5, deviation: 0 }],
  ]);
  const [header, first, second] = pointsAsCsv(points).split('\n');
  expect(header).toMatch(/^point,runs,last_test\.mean,last_test\.spread/);
  expect(first).toMatch(/^"cuts=k2",3,0\.3,0\.1,/);
  expect(second).toMatch(/^"cuts=k3",3,0\.5,,/);
});
