import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../runs/statistics.ts';
import { columnsOf, sortRuns } from './run-columns.ts';
import { groupingsOf, groupRuns } from './run-groups.ts';
import { runNames } from './run-names.ts';
import { recordOf } from './test-support.ts';

const ids = (runs: readonly { readonly id: string }[]) => runs.map(({ id }) => id).join('');

describe('sortRuns', () => {
  const runs = [
    recordOf('1', { cuts: 'k2' }, { scores: { bestTest: 0.5 } }),
    recordOf('2', { cuts: 'k3' }),
    recordOf('3', { method: 'bp' }, { scores: { bestTest: 0.7 } }),
  ];
  const sorted = (by: Parameters<typeof sortRuns>[1]['by'], descending: boolean) =>
    ids(sortRuns(runs, { by, descending }, runNames(runs)));

  it('orders by a number, those without one last either way', () => {
    expect(sorted('bestTest', true)).toBe('312');
    expect(sorted('bestTest', false)).toBe('132');
  });
  it('orders by file, what is of none last either way', () => {
    const files = new Map([
      ['1', 'ben'],
      ['2', 'ada'],
    ]);
    for (const [descending, order] of [
      [false, '213'],
      [true, '123'],
    ] as const)
      expect(ids(sortRuns(runs, { by: 'from', descending }, runNames(runs), files))).toBe(order);
  });
  it('orders by name and by when runs were made', () => {
    expect(sorted('name', false)).toBe('312');
    expect(sorted('created', true)).toBe('321');
  });
});

describe('columnsOf', () => {
  const shown = (...runs: Parameters<typeof columnsOf>[0][number][]) => columnsOf(runs).map(({ name }) => name);
  it('leaves out what no run has', () => {
    expect(shown(recordOf('1'))).not.toContain('atBestValidation');
    expect(shown(recordOf('1'), recordOf('2', {}, { scores: { testAtBestValidation: 0.4 } }))).toContain(
      'atBestValidation',
    );
  });
  it('counts arithmetic per image, and has no time before the first step', () => {
    const value = (name: string, run = recordOf('1', { batch: 32 })) =>
      columnsOf([run])
        .find((column) => column.name === name)
        ?.value(run);
    expect(value('arithmetic')).toBe(100);
    expect(value('seconds', recordOf('1', {}, { summary: { step: 0 } }))).toBeUndefined();
  });
});

describe('groups', () => {
  const runs = [
    recordOf('1', { cuts: 'k2', seed: 1 }, { group: 'a' }),
    recordOf('2', { cuts: 'k3', seed: 1 }, { group: 'a' }),
    recordOf('3', { cuts: 'k2', seed: 2 }),
  ];
  it('are offered by what differs', () => {
    expect(groupingsOf(runs).map(({ key }) => key)).toEqual(['none', 'cuts', 'seeds', 'sweep']);
    expect(groupingsOf([recordOf('1')]).map(({ key }) => key)).toEqual(['none']);
  });
  it('part the runs', () => {
    const parted = (key: string) => groupRuns(runs, key).map((group) => `${group.title}: ${ids(group.runs)}`);
    expect(parted('none')).toEqual([': 123']);
    expect(parted('cuts')).toEqual(['K = 2: 13', 'K = 3: 2']);
    expect(parted('seeds')).toEqual(['K = 2: 13', 'K = 3: 2']);
    expect(parted('sweep')).toEqual(['a: 12', 'no sweep: 3']);
    const files = new Map([
      ['1', 'ada'],
      ['3', 'ada'],
    ]);
    expect(groupingsOf(runs, files).map(({ key }) => key)).toContain('file');
    const byFile = groupRuns(runs, 'file', files).map((group) => `${group.title}: ${ids(group.runs)}`);
    expect(byFile).toEqual(['ada: 13', 'this browser: 2']);
  });
});

it('spread is the sample standard deviation of what is known', () => {
  expect(spreadOf([1, 2, undefined, 3])).toEqual({ count: 3, mean: 2, deviation: 1 });
  expect(spreadOf([5])).toEqual({ count: 1, mean: 5, deviation: 0 });
  expect(spreadOf([undefined, Number.NaN])).toBeUndefined();
});
