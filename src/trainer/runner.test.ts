import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { startingExperiment } from '../experiment/presets.ts';
import type { Measurement } from '../runs/measurement.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { Runner, type RunnerStatus } from './runner.ts';
import { Training } from './training.ts';

const data = createSynthetic(1, { train: 12, test: 10 });

async function open(changes: Partial<Experiment> = {}) {
  const experiment = {
    ...startingExperiment,
    widths: [4, 4, 4, 4],
    auxDim: 4,
    batch: 4,
    epochs: 2,
    ...changes,
  } as const;
  const training = expectOk(await Training.open(experiment, data, createInterpreter()));
  const measured: Measurement[] = [];
  const statuses: RunnerStatus[] = [];
  const problems: string[] = [];
  const runner = new Runner(training, {
    measured: (measurement) => measured.push(measurement),
    changed: (status) => statuses.push(status),
    failed: ({ message }) => problems.push(message),
    betweenSteps: async () => undefined,
  });
  return { training, runner, measured, statuses, problems };
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
    training.step = async () => ({ ok: false, error: { message: 'the device is gone' } });
    await runner.play('end');
    expect(runner.status).toBe('failed');
    expect(problems).toEqual(['the device is gone']);
  });
});
