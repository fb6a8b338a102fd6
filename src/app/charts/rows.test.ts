import { describe, expect, it } from 'vitest';
import { History } from '../../runs/history.ts';
import type { Measurement } from '../../runs/measurement.ts';
import { buildRows, type Line, pointsPerLine } from './rows.ts';

const measurement = (phase: Measurement['phase'], step: number, loss: number): Measurement => ({
  phase,
  step,
  epoch: step / 100,
  seconds: step / 10,
  learningRate: 0.1,
  imagesPerSecond: 1,
  modules: [],
  final: { loss, accuracy: 0.5 },
});
const line = (phase: Line['phase']): Line => ({
  id: phase,
  label: phase,
  phase,
  column: 'final.loss',
  colour: '',
  width: 1,
});
const options = { xAxis: 'step', smoothing: 0, limit: 500 } as const;

describe('buildRows', () => {
  it('keeps a single spike among ten thousand steps, in at most 500 points', () => {
    const history = new History();
    history.add(Array.from({ length: 10_000 }, (_, step) => measurement('train', step, step === 4321 ? 99 : 1)));
    const rows = buildRows(history, [line('train')], options);
    expect(rows.length).toBeLessThanOrEqual(500);
    expect(Math.max(...rows.map((row) => row.train as number))).toBe(99);
    expect(rows.at(-1)?.x).toBe(9999);
  });

  it('shows few measurements as they are', () => {
    const history = new History();
    history.add([measurement('train', 1, 3), measurement('train', 2, 2), measurement('test', 2, 5)]);
    expect(buildRows(history, [line('train'), line('test')], options)).toEqual([
      { x: 1, train: 3 },
      { x: 2, train: 2 },
      { x: 2, test: 5 },
    ]);
    expect(buildRows(history, [line('train')], { ...options, xAxis: 'seconds' })[1]?.x).toBe(0.2);
  });

  it('smooths training lines but neither raw ones nor the test', () => {
    const history = new History();
    history.add([measurement('train', 1, 0), measurement('train', 2, 1), measurement('test', 2, 1)]);
    const rows = buildRows(history, [line('train'), { ...line('train'), id: 'ghost', raw: true }, line('test')], {
      ...options,
      smoothing: 0.5,
    });
    expect(rows[1]?.train).toBeCloseTo(2 / 3);
    expect(rows[1]?.ghost).toBe(1);
    expect(rows[2]?.test).toBe(1);
  });

  it('gives many lines fewer points', () => {
    expect(pointsPerLine(1)).toBe(500);
    expect(pointsPerLine(54)).toBeLessThan(100);
  });
});
