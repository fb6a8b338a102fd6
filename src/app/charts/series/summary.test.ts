import { describe, expect, it } from 'vitest';
import { fakeRun, lossLine } from './lines.fakes.ts';
import { statisticsOf } from './statistics.ts';
import { spread, summaryOf } from './summary.ts';

const falling = Array.from({ length: 100 }, (_, step) => 5 - step / 25);
const run = fakeRun('a', [...falling, 1.5], { 50: 3, 101: 2 });

describe('a line in numbers', () => {
  it('has its last, its best as measured, and its trend', () => {
    expect(statisticsOf(lossLine(run, 'train'), 'lower')).toMatchObject({ last: 1.5, best: 1.04, trend: 'falling' });
    expect(statisticsOf(lossLine(run, 'train'), 'higher')?.best).toBe(5);
    expect(statisticsOf(lossLine(fakeRun('b', Array(50).fill(2)), 'train'), undefined)).toMatchObject({
      best: undefined,
      trend: 'level',
    });
    expect(statisticsOf(lossLine(fakeRun('c', []), 'train'), 'lower')).toBeUndefined();
  });
});

describe('a chart in words', () => {
  const words = (lines: Parameters<typeof summaryOf>[1]) => summaryOf('Loss', lines, 'lower', String, 'step 1 to 101');

  it('tells trend, last and best of each line, and tells phases and runs apart', () => {
    expect(words([lossLine(run, 'train')])).toBe('Loss, step 1 to 101. loss falling, last 1.5, best 1.04.');
    expect(words([lossLine(run, 'train'), lossLine(run, 'test')])).toContain('loss, test last 2, best 2');
    const other = fakeRun('other', [1, 2, 3, 4, 5, 6]);
    expect(words([lossLine(run, 'train'), lossLine(other, 'train')])).toContain('other: loss rising');
  });

  it('says when there is nothing, and does not read out dozens', () => {
    expect(words([])).toBe('Loss: no measurements yet.');
    const many = Array.from({ length: 20 }, (_, index) => lossLine(run, 'train', `module ${index}`));
    expect(words(many)).toContain('12 more lines are in the table.');
    expect(spread(many, 3).map(({ label }) => label)).toEqual(['module 0', 'module 10', 'module 19']);
  });
});
