import { expect, test } from 'vitest';
import type { Measurement } from '../../runs/measurement.ts';
import { lineProgress } from './progress.ts';

const measurement = (step: number, seconds: number): Measurement => ({
  phase: 'train',
  step,
  epoch: 0,
  seconds,
  learningRate: 0.1,
  imagesPerSecond: 64,
  modules: [],
  final: { loss: 2.5, accuracy: 0.125 },
});

test('writes a line at the first step, every ten seconds and at the last', () => {
  const lines: string[] = [];
  let now = 0;
  const progress = lineProgress(
    100,
    (line) => lines.push(line),
    () => now,
  );
  for (let step = 1; step <= 100; step++) {
    // The first step prepares and takes long; it does not count in the pace.
    progress.stepped(measurement(step, 5 + step));
    now += 1000;
  }
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('step 1/100');
  expect(lines[1]).toBe('step 11/100, 1 min 29 s left: loss 2.500, accuracy 12.50 %, 64 images/s');
  expect(lines[10]).toContain('step 100/100, 0 s left');
});
