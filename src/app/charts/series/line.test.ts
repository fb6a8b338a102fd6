import { describe, expect, it } from 'vitest';
import { longLabel, ofSeveralRuns, shortLabel } from './line.ts';
import { fakeRun, lossLine } from './lines.fakes.ts';

const [one, two] = [fakeRun('one', [1]), fakeRun('two', [2])];

describe('the names of lines', () => {
  it('say phase and run only where others have the same', () => {
    const alone = [lossLine(one, 'train')];
    expect(alone.map((line) => longLabel(line, alone))).toEqual(['loss']);
    const phases = [lossLine(one, 'train'), lossLine(one, 'test'), lossLine(one, 'test', 'other')];
    expect(phases.map((line) => longLabel(line, phases))).toEqual(['loss, training', 'loss, test', 'other']);
    const runs = [lossLine(one, 'train'), lossLine(two, 'train')];
    expect(runs.map((line) => longLabel(line, runs))).toEqual(['one: loss', 'two: loss']);
    expect([alone, phases, runs, []].map(ofSeveralRuns)).toEqual([false, false, true, false]);
    expect(runs.map((line) => shortLabel(line, runs))).toEqual(['loss', 'loss']);
  });

  it('cost little for thousands', () => {
    const many = Array.from({ length: 4000 }, (_, index) => lossLine(one, 'train', `module ${index}`));
    const begun = performance.now();
    for (const line of many) longLabel(line, many);
    // Each compared with each would take a second.
    expect(performance.now() - begun).toBeLessThan(100);
  });
});
