import { expect, test } from 'vitest';
import { createMemoryStore } from '../archive/file-store.ts';
import { beginRecord, RunRecorder } from '../archive/run-recorder.ts';
import { StoredRun } from '../archive/stored-run.ts';
import { createAwakeClock } from '../base/awake-clock.ts';
import { expectOk, ok } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { History } from '../runs/history.ts';
import type { Executor } from '../runtime/executor.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { Training } from '../trainer/training.ts';
import { LiveRun } from './live-run.ts';

const hour = 3_600_000;
const experiment = {
  ...startingExperiment,
  widths: [4, 4, 4, 4],
  auxDim: 4,
  batch: 4,
  epochs: 8,
  evaluateEvery: 0,
} as const;

/** An executor whose steps begin when `ready`: how long a store takes to write then changes nothing. */
const waiting = (executor: Executor, ready: () => Promise<void>): Executor => ({
  ...executor,
  async compile(graph) {
    const compiled = await executor.compile(graph);
    if (!compiled.ok) return compiled;
    const program = compiled.value;
    return ok({
      ...program,
      async run(...given) {
        await ready();
        return program.run(...given);
      },
    });
  },
});

/** Plays a run of 24 steps of 300 ms each, with a checkpoint every second, on a clock that leaps after some steps. The steps kept. */
async function keptSteps(leaps: Readonly<Record<number, number>>): Promise<number[]> {
  let time = 0;
  const now = createAwakeClock(() => time);
  const executor = waiting(createInterpreter(), () => live.drain());
  const training = expectOk(await Training.open(experiment, createSynthetic(1, { train: 12, test: 4 }), executor));
  const provenance = { appVersion: '', commit: '', executor: '', device: '', kernels: '', dataChecksum: '' };
  const record = beginRecord({ id: 'a', name: undefined, group: undefined, experiment, provenance });
  const recorder = new RunRecorder(record, new History(), new StoredRun(createMemoryStore(), 'a'));
  const kept = new Set<number>();
  const chosen = { executor, rate: undefined, note: undefined };
  const live: LiveRun = new LiveRun(
    training,
    chosen,
    recorder,
    () => {},
    () => ({ checkpointSeconds: 1 }),
    now,
    {
      measured: ({ phase, step }) => {
        // The beat of the process's clock, once in every step.
        if (phase !== 'train') return;
        time += 300;
        now();
        time += leaps[step] ?? 0;
      },
      changed: () => {},
      failed: () => {},
      allow: () => ok(undefined),
      replayed: async () => undefined,
      replayEnded: () => undefined,
      kept: (problem) => {
        expect(problem).toBeUndefined();
        kept.add(recorder.lastSaved as number);
      },
    },
  );
  await live.runner.play('end');
  await live.drain();
  return [...kept];
}

test('checkpoints come when their time has, and go on coming however the clock leaps', async () => {
  expect(await keptSteps({})).toEqual([5, 10, 15, 20]);
  // Of each leap one beat of a second counts.
  expect(await keptSteps({ 6: 8 * hour, 12: -24 * hour })).toEqual([5, 7, 12, 17, 22]);
});
