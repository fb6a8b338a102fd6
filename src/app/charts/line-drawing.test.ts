import { describe, expect, it } from 'vitest';
import { axesOf, drawingOf, linePicture, type Wanted } from './line-drawing.ts';
import type { Line } from './series/line.ts';
import { fakeRun, lossLine } from './series/lines.fakes.ts';

const runs = Array.from({ length: 30 }, (_, run) =>
  fakeRun(
    `run ${run}`,
    Array.from({ length: 2000 }, (_, step) => 3 + Math.sin(step * (run + 1))),
  ),
);
const lines: readonly Line[] = runs.flatMap((run) =>
  [0, 1, 2, 3].map((module) => lossLine(run, 'train', `module ${module}`)),
);
const wanted: Wanted = {
  standing: 1,
  runs,
  lines,
  all: lines,
  xAxis: 'step',
  logX: false,
  zoom: undefined,
  smoothing: 0.9,
  measure: 'loss',
  log: false,
  quantity: 'loss',
};

describe('the drawing of a figure', () => {
  it('has every line of thirty runs of four modules, each with a few dozen points, in little time', () => {
    const { horizontal } = axesOf(wanted);
    const drawOnce = () => {
      const begun = performance.now();
      const { shapes } = drawingOf(wanted, horizontal);
      return { shapes, took: performance.now() - begun };
    };
    // What was measured is folded in at first, and once.
    expect(drawOnce().shapes).toHaveLength(120);
    const times = Array.from({ length: 5 }, drawOnce);
    expect(Math.max(...(times[0]?.shapes ?? []).map(({ points }) => points.length))).toBeLessThanOrEqual(60);
    expect(Math.min(...times.map(({ took }) => took))).toBeLessThan(25);
  });

  it('shows a part of its axis, and begins above 0 where that is logarithmic', () => {
    expect(axesOf({ ...wanted, zoom: { low: 5, high: 9 } }).horizontal).toEqual({ low: 5, high: 9, log: false });
    const log = axesOf({ ...wanted, logX: true, zoom: { low: 0, high: 9 } }).horizontal;
    expect(log).toEqual({ low: 1, high: 9, log: true });
  });
});

describe('its picture', () => {
  it('names every line that is drawn, its run with it, and leaves out what is hidden', () => {
    const { legend, horizontal, notes } = linePicture(
      'Loss',
      { ...wanted, xAxis: 'seconds', lines: lines.slice(1) },
      String,
    );
    expect(legend).toHaveLength(119);
    expect(legend[0]?.label).toBe('run 0: module 1');
    expect(horizontal.title).toBe('time (s)');
    expect(notes.join(' ')).toContain('moving average with weight 0.9');
  });
});
