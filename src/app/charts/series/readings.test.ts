import { describe, expect, it } from 'vitest';
import { fakeRun, lossLine } from './lines.fakes.ts';
import { nearestFirst, neighbour, readingsAt, snapped } from './readings.ts';

const run = fakeRun('a', [5, 4, 3, 2], { 2: 4.5, 4: 2.5 });
const short = fakeRun('b', [7, 6]);
const lines = [lossLine(run, 'train'), lossLine(run, 'test'), lossLine(short, 'train')];
const values = (x: number, smoothing = 0) => readingsAt(lines, 'step', x, smoothing).map(({ value }) => value);

describe('readings', () => {
  it('are the nearest measurements, and none of a run that has ended', () => {
    expect(values(2)).toEqual([4, 4.5, 6]);
    expect(values(3.2)).toEqual([3, 2.5]);
    expect(readingsAt(lines, 'seconds', 0.25, 0).map(({ value }) => value)).toEqual([5, 4.5, 7]);
  });

  it('are smoothed as drawn: training lines only, and no pale twins', () => {
    const [train, test] = values(4, 0.5);
    expect(train).toBeGreaterThan(2);
    expect(test).toBe(2.5);
    expect(readingsAt([{ ...lossLine(run, 'train'), ghost: true }], 'step', 2, 0)).toEqual([]);
  });
});

describe('many readings', () => {
  const readings = readingsAt(lines, 'step', 2, 0);
  const axis = { low: 0, high: 10, log: false };

  it('begin with those nearest to the pointer, and are as they were by keyboard', () => {
    const order = (height: number | undefined) => nearestFirst(readings, axis, height).map(({ value }) => value);
    expect(order(0.6)).toEqual([6, 4.5, 4]);
    expect(order(0.44)).toEqual([4.5, 4, 6]);
    expect(order(undefined)).toEqual([4, 4.5, 6]);
  });

  it('put what has no place on a logarithmic axis last', () => {
    const none = { line: lines[0] as (typeof lines)[number], value: 0 };
    const log = { low: 1, high: 10, log: true };
    expect(nearestFirst([none, ...readings], log, 0.9).at(-1)).toBe(none);
  });
});

describe('the cursor', () => {
  it('stands on measurements and moves from one to the next', () => {
    expect(snapped(lines, 'step', 2.4)).toBe(2);
    expect(neighbour(lines, 'step', 2, 1)).toBe(3);
    expect(neighbour(lines, 'step', 2, -1)).toBe(1);
    expect(neighbour(lines, 'step', 4, 1)).toBe(4);
  });
});
