import { describe, expect, it } from 'vitest';
import { firstAtOrAbove, foldIn, nearest, trackOf } from './columns.ts';
import { fakeRun } from './lines.fakes.ts';

describe('tracks of columns', () => {
  it('are kept, follow what is added, and start anew after a run went back', () => {
    const { history } = fakeRun(
      'a',
      Array.from({ length: 200 }, (_, step) => (step === 150 ? 99 : 1)),
    );
    const highest = () => {
      const values = history.train.read('final.loss') as Float64Array;
      return trackOf(history.train, 'final.loss', 0)?.bucket(values, 0, 256)?.high;
    };
    expect(highest()).toBe(99);
    expect(trackOf(history.train, 'final.loss', 0)).toBe(trackOf(history.train, 'final.loss', 0));
    history.cutAfter(100);
    expect(highest()).toBe(1);
    expect(trackOf(history.train, 'final.accuracy', 0)).toBeUndefined();
  });
});

describe('a track that is folded in slice by slice', () => {
  const long = Array.from({ length: 300_000 }, (_, step) => Math.sin(step));

  it('gives the page its turns, and is whole afterwards', async () => {
    const { history } = fakeRun('slices', []);
    const column = { rows: long.length, columns: [['final.loss', Float64Array.from(long)]] as const };
    history.train.append(column);
    let turns = 0;
    await foldIn(history.train, 'final.loss', 0.9, async () => {
      turns++;
    });
    expect(turns).toBeGreaterThan(0);
    expect(trackOf(history.train, 'final.loss', 0.9)?.folded).toBeGreaterThan(long.length - 64);
  });

  it('stays for the weights used last, and always as measured', () => {
    const { history } = fakeRun('weights', long.slice(0, 500));
    const track = (weight: number) => trackOf(history.train, 'final.loss', weight);
    const [measured, first, second] = [track(0), track(0.5), track(0.9)];
    expect([track(0.5), track(0.9)]).toEqual([first, second]);
    expect(track(0.5)).toBe(first);
    track(0.7);
    expect(track(0.9)).not.toBe(second);
    expect(track(0)).toBe(measured);
  });
});

describe('places in a column', () => {
  const column = Float64Array.of(1, 2, 2, 5);
  it('are found by value', () => {
    expect([0, 2, 3, 9].map((x) => firstAtOrAbove(column, x))).toEqual([0, 1, 3, 4]);
    expect([0, 3, 4, 9].map((x) => nearest(column, x))).toEqual([0, 2, 3, 3]);
    expect(nearest(new Float64Array(0), 1)).toBe(-1);
  });
});
