import { describe, expect, test } from 'vitest';
import { expectOk, fail, ok } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { startingExperiment } from '../experiment/presets.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { Executor } from '../runtime/executor.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { Runner, type RunnerListener, type RunnerStatus } from './runner.ts';
import { Training } from './training.ts';

const data = createSynthetic(1, { train: 12, test: 10 });

interface Opening {
  readonly executor?: Executor;
  readonly listening?: Partial<RunnerListener>;
}

async function open(
  changes: Partial<Experiment> = {},
  { executor = createInterpreter(), listening = {} }: Opening = {},
) {
  const experiment = {
    ...startingExperiment,
    widths: [4, 4, 4, 4],
    auxDim: 4,
    batch: 4,
    epochs: 2,
    ...changes,
  } as const;
  const training = expectOk(await Training.open(experiment, data, executor));
  const measured: Measurement[] = [];
  const statuses: RunnerStatus[] = [];
  const problems: string[] = [];
  const runner = new Runner(training, {
    measured: (measurement) => measured.push(measurement),
    changed: (status) => statuses.push(status),
    failed: ({ message }) => problems.push(message),
    restDue: () => false,
    changeDue: () => false,
    makeChanges: async () => undefined,
    betweenSteps: async () => undefined,
    ...listening,
  });
  return { training, runner, measured, statuses, problems };
}

/** An interpreter whose training metrics take their time; `log` tells what was done. */
function slowToRead() {
  const log: string[] = [];
  let failing = 0;
  const interpreter = createInterpreter();
  const executor: Executor = {
    ...interpreter,
    async compile(graph) {
      const compiled = await interpreter.compile(graph);
      if (!compiled.ok || graph.purpose !== 'train') return compiled;
      let reads = 0;
      return ok({
        ...compiled.value,
        async run(...given) {
          log.push('run');
          return compiled.value.run(...given);
        },
        async metrics() {
          const number = ++reads;
          const metrics = await compiled.value.metrics();
          await new Promise((resolve) => setTimeout(resolve, 100));
          log.push('read');
          return number === failing ? fail('no answer') : metrics;
        },
      });
    },
  };
  return {
    executor,
    log,
    fail: (step: number) => {
      failing = step;
    },
  };
}

const phases = (measured: readonly Measurement[]) => measured.map(({ phase, step }) => `${phase} ${step}`);

describe('Runner', () => {
  test('plays to the end with a test after every epoch', async () => {
    const { runner, measured, statuses } = await open();
    await runner.play('end');
    expect(phases(measured)).toEqual([
      'train 1',
      'train 2',
      'train 3',
      'test 3',
      'train 4',
      'train 5',
      'train 6',
      'test 6',
    ]);
    expect(statuses.at(-1)).toBe('finished');
    expect(runner.secondsPerStep).toBeGreaterThan(0);
    await runner.play('end');
    expect(measured).toHaveLength(8);
  });

  test('measures the validation part before the test part, where there is one', async () => {
    // Two of twelve images: eight classes have one image only, which stays in the training part.
    const { runner, measured } = await open({ validation: 0.5, batch: 5, epochs: 1 });
    await runner.play('end');
    expect(phases(measured)).toEqual(['train 1', 'train 2', 'validation 2', 'test 2']);
  });

  test('tests only at the end where that is asked', async () => {
    const { runner, measured } = await open({ evaluateEvery: 0 });
    await runner.play('end');
    expect(measured.filter(({ phase }) => phase === 'test')).toHaveLength(1);
  });

  test('plays one step, then to the end of the epoch', async () => {
    const { runner, measured, statuses } = await open();
    await runner.play('step');
    expect(phases(measured)).toEqual(['train 1']);
    await runner.play('epoch');
    expect(phases(measured).at(-1)).toBe('test 3');
    expect(statuses.at(-1)).toBe('paused');
  });

  test('holds when paused and goes on from there', async () => {
    const { runner, measured, training } = await open();
    const played = runner.play('end');
    runner.pause();
    expect(runner.status).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(measured.length).toBeLessThanOrEqual(1);
    void runner.play('end');
    await played;
    expect(training.finished).toBe(true);
    expect(measured).toHaveLength(8);
  });

  test('lets the step under way finish before exclusive work, and plays on', async () => {
    const { runner, training } = await open();
    const played = runner.play('end');
    const step = await runner.exclusive(async () => training.position.step);
    expect(Number.isInteger(step)).toBe(true);
    await played;
    while (!training.finished) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(training.finished).toBe(true);
  });

  test('a step asked for during exclusive work is done once, after it', async () => {
    const { runner, training } = await open();
    await runner.play('step');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const exclusive = runner.exclusive(() => held);
    const second = runner.exclusive(async () => undefined);
    void runner.play('step');
    expect(runner.status).toBe('running');
    release();
    await Promise.all([exclusive, second]);
    while (runner.status !== 'paused') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(training.position.step).toBe(2);
  });

  test('measures the test part on request and stays paused', async () => {
    const { runner, measured, statuses } = await open();
    runner.evaluateNow();
    while (statuses.at(-1) !== 'paused') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(phases(measured)).toEqual(['test 0']);
  });

  test('stops and tells where a step fails', async () => {
    const { runner, training, problems } = await open();
    training.begin = async () => ({ ok: false, error: { message: 'the device is gone' } });
    await runner.play('end');
    expect(runner.status).toBe('failed');
    expect(problems).toEqual(['the device is gone']);
  });

  test('hands the next step over while the metrics of the last are on their way, and tells them in order', async () => {
    const { executor, log } = slowToRead();
    const { runner, measured } = await open({ evaluateEvery: 0 }, { executor });
    await runner.play('end');
    expect(log.slice(0, 4)).toEqual(['run', 'run', 'read', 'run']);
    expect(phases(measured)).toEqual([1, 2, 3, 4, 5, 6].map((step) => `train ${step}`).concat('test 6'));
    const seconds = measured.map((measurement) => measurement.seconds);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  });

  test('what is done between two steps waits for the metrics of all before', async () => {
    const { executor } = slowToRead();
    const told: number[] = [];
    const kept: number[] = [];
    const opened = await open(
      { evaluateEvery: 0 },
      {
        executor,
        listening: {
          measured: ({ step }) => void told.push(step),
          restDue: () => opened.training.position.step % 2 === 0,
          betweenSteps: async () => {
            expect(told.at(-1)).toBe(opened.training.position.step);
            kept.push(opened.training.position.step);
          },
        },
      },
    );
    await opened.runner.play('end');
    expect(kept).toEqual([2, 4, 6]);
  });

  test('a step whose metrics come late and are bad ends the run, also where a pause holds the next', async () => {
    const { executor, fail } = slowToRead();
    const { runner, measured, problems, statuses } = await open({ evaluateEvery: 0 }, { executor });
    fail(2);
    void runner.play('end');
    while (measured.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    runner.pause();
    while (statuses.at(-1) !== 'failed') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(problems).toEqual(['no answer']);
    expect(phases(measured)).toEqual(['train 1']);
  });
});
