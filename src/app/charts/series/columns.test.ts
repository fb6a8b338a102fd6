import { describe, expect, it } from 'vitest';
import { firstAtOrAbove, nearest, trackOf } from './columns.ts';
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

describe('places in a column', () => {
  const column = Float64Array.of(1, 2, 2, 5);
  it('are found by value', () => {
    expect([0, 2, 3, 9].map((x) => firstAtOrAbove(column, x))).toEqual([0, 1, 3, 4]);
    expect([0, 3, 4, 9].map((x) => nearest(column, x))).toEqual([0, 2, 3, 3]);
    expect(nearest(new Float64Array(0), 1)).toBe(-1);
  });
});
