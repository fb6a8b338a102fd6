import { describe, expect, it } from 'vitest';
import { fakeRun, lossLine } from '../series/lines.fakes.ts';
import { filesOfRuns } from './all-files.ts';
import { chartCsv, chartJson, fileName } from './chart-files.ts';
import { inSlices } from './in-slices.ts';

const one = fakeRun('one, "quoted"', [3, 2], { 2: 2.5 });
const two = fakeRun('two', [9]);
const lines = [lossLine(one, 'train'), lossLine(one, 'test'), lossLine(two, 'train')];

describe('a chart as a file', () => {
  it('is CSV with every measurement of its lines, runs and phases named', () => {
    expect([...chartCsv(lines)].join('').split('\n')).toEqual([
      'run,phase,step,epoch,seconds,"one, ""quoted"": loss, training","one, ""quoted"": loss, test",two: loss',
      '"one, ""quoted""",train,1,0.1,0.25,3,,',
      '"one, ""quoted""",train,2,0.2,0.5,2,,',
      '"one, ""quoted""",test,2,0.2,0.5,,2.5,',
      'two,train,1,0.1,0.25,,,9',
      '',
    ]);
  });

  it('is JSON that reads back, of thousands of values too', () => {
    const long = fakeRun('long', [Number.NaN, ...Array.from({ length: 1200 }, (_, step) => step)]);
    const read = JSON.parse([...chartJson('Loss', [lossLine(long, 'train')], [{ x: 1, words: 'lr 1 to 2' }])].join(''));
    expect(read.changes).toEqual(['lr 1 to 2']);
    expect(read.lines[0].value).toHaveLength(1200);
    expect(read.lines[0].step.slice(0, 2)).toEqual([2, 3]);
  });

  it('has no rows of what was never measured, and comes in pieces however long the gaps are', () => {
    const gaps = fakeRun('gaps', [1, ...Array<number>(3000).fill(Number.NaN), 2]);
    expect([...chartCsv([lossLine(gaps, 'train')])].length).toBeGreaterThan(5);
    expect([...chartCsv([lossLine(gaps, 'train')])].join('').split('\n')).toHaveLength(1 + 2 + 1);
    expect(JSON.parse([...chartJson('Loss', [lossLine(gaps, 'train')], [])].join('')).lines[0].step).toEqual([1, 3002]);
    const never = { ...lossLine(gaps, 'train'), column: '1.0/cascade.loss' } as const;
    expect([...chartCsv([never])]).toHaveLength(1);
  });

  it('has a name that every file system takes', () => {
    expect(fileName('Accuracy by module')).toBe('accuracy-by-module');
    expect(fileName('../..')).toBe('chart');
  });
});

describe('all runs as files', () => {
  it('are a folder each, names apart', () => {
    const paths = filesOfRuns([one, two, fakeRun('Two', [1])]).map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('measurements.csv'))).toEqual([
      'one-quoted/measurements.csv',
      'two/measurements.csv',
      'two-2/measurements.csv',
    ]);
  });
});

it('gathers pieces and gives the page its turns', async () => {
  let turns = 0;
  const slow = function* () {
    for (let piece = 0; piece < 3; piece++) {
      const until = performance.now() + 10;
      while (performance.now() < until);
      yield String(piece);
    }
  };
  const blob = await inSlices(slow(), async () => {
    turns++;
  });
  expect(await blob.text()).toBe('012');
  expect(turns).toBe(3);
});
