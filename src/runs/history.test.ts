import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { columnKey, History } from './history.ts';
import type { Measurement } from './measurement.ts';

const measurement = (step: number, blocks: readonly string[], phase: Measurement['phase'] = 'train'): Measurement => ({
  phase,
  step,
  epoch: step / 10,
  seconds: step / 5,
  learningRate: 0.1,
  imagesPerSecond: 100,
  modules: blocks.map((block) => ({
    block,
    independent: { loss: step, accuracy: undefined },
    cascade: undefined,
    reconstruction: undefined,
    probe: { loss: 1, accuracy: step / 1000 },
  })),
  final: { loss: 2, accuracy: 0.5 },
});

describe('History', () => {
  it('keeps the line of a block over a re-cut, with a gap where it was no border', () => {
    const history = new History();
    history.add([measurement(1, ['1.0', '3.0']), measurement(2, ['3.0']), measurement(3, ['1.0', '3.0'])]);
    const line = history.train.read(columnKey('1.0', 'probe.accuracy'));
    expect([...(line as Float64Array)]).toEqual([0.001, Number.NaN, 0.003]);
    expect(history.blocks).toEqual(['1.0', '3.0']);
  });

  it('grows without losing anything', () => {
    const history = new History();
    history.add(Array.from({ length: 1000 }, (_, step) => measurement(step, ['3.0'])));
    expect(history.train.length).toBe(1000);
    expect(history.train.read('step')?.[999]).toBe(999);
    expect(history.train.last('seconds')).toBe(999 / 5);
  });

  it('tells train from test, and has no column for what was never measured', () => {
    const history = new History();
    history.add([measurement(5, ['3.0'], 'test')]);
    expect(history.train.length).toBe(0);
    expect(history.test.read(columnKey('3.0', 'cascade.loss'))).toBeUndefined();
    expect(history.test.read(columnKey('3.0', 'independent.accuracy'))).toBeUndefined();
  });

  it('marks changes at their steps, those at one step together', () => {
    const history = new History();
    const rate = (learningRate: number) => ({ ...startingExperiment, learningRate });
    history.mark(0, rate(1), rate(2));
    history.add([measurement(7, ['3.0'])]);
    history.mark(7, rate(2), rate(3));
    history.mark(7, rate(3), rate(4));
    expect(history.marks.map((mark) => [mark.step, mark.before.learningRate, mark.after.learningRate])).toEqual([
      [0, 1, 2],
      [7, 2, 4],
    ]);
    history.mark(7, rate(4), rate(2));
    expect(history.marks).toHaveLength(1);
  });
});
