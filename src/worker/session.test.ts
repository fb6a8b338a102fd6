import { describe, expect, test } from 'vitest';
import { expectOk, type Problem } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { parseSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { Progress } from './protocol.ts';
import { Session } from './session.ts';

const small: Experiment = {
  ...startingExperiment,
  widths: [4, 4, 4, 4],
  auxDim: 4,
  batch: 5,
  trainSize: 20,
  testSize: 10,
  schedule: 'constant',
};

function listen() {
  const measured: Measurement[] = [];
  const failures: Problem[] = [];
  let progress: Progress | undefined;
  const session = new Session(
    {
      measured: (measurement) => measured.push(measurement),
      progress: (given) => {
        progress = given;
      },
      preparing: () => undefined,
      failed: (problem) => failures.push(problem),
    },
    {},
  );
  return { session, measured, failures, now: () => progress };
}

/** A session with a run on the interpreter. */
async function open(changes: Partial<Experiment> = {}) {
  const listening = listen();
  const info = expectOk(await listening.session.open({ ...small, ...changes }, 'interpreter'));
  return { ...listening, info };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Plays single steps until `step` is done. */
async function playTo({ session, now }: Opened, step: number): Promise<void> {
  while ((now()?.step ?? 0) < step) {
    expectOk(session.play('step'));
    const before = now()?.step ?? 0;
    while ((now()?.step ?? 0) === before || now()?.status === 'running')
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const weightsFile = (bytes: Uint8Array<ArrayBuffer>, name = 'weights.safetensors') => new File([bytes], name);

describe('Session', () => {
  test('opens a run and says what it runs on and on what', async () => {
    const { info, now } = await open();
    expect(info).toMatchObject({ executor: 'interpreter', stepsPerEpoch: 4, totalSteps: 20, experiment: small });
    expect(info.data).toMatchObject({ name: 'synthetic', trainCount: 20, testCount: 10 });
    expect(info.executors.find(({ name }) => name === 'tfjs-webgl')?.usable).toBe(false);
    expect(now()).toMatchObject({ status: 'paused', step: 0 });
  });

  test('refuses requests without a run, images that are not loaded, and executors that cannot be used', async () => {
    const { session } = listen();
    expect(session.play('end').ok).toBe(false);
    expect(await session.export()).toMatchObject({ ok: false });
    const cifar = await session.open({ ...small, data: 'cifar-10' }, 'interpreter');
    expect(cifar).toMatchObject({
      ok: false,
      error: { where: 'data', message: expect.stringContaining('not loaded') },
    });
    expect(await session.open(small, 'tfjs-webgl')).toMatchObject({ ok: false, error: { where: 'executor' } });
  });

  test('applies scalars at once, rebuilds for cuts, and wants a new run for the seed', async () => {
    const run = await open();
    await playTo(run, 1);
    expect(expectOk(await run.session.change({ ...small, learningRate: 0.5 })).experiment.learningRate).toBe(0.5);
    await playTo(run, 2);
    expect(run.measured.at(-1)?.learningRate).toBe(0.5);
    const rebuilt = expectOk(
      await run.session.change({
        ...small,
        cuts: [
          [0, 0],
          [1, 0],
          [2, 0],
          [3, 0],
        ],
      }),
    );
    expect(rebuilt.startedAnew).toContain('probe.0.0');
    expect(run.now()?.step).toBe(2);
    expect(await run.session.change({ ...small, seed: 9 })).toMatchObject({
      ok: false,
      error: { where: expect.stringContaining('seed') },
    });
    await playTo(run, 3);
    expect(run.failures).toEqual([]);
  });

  test('keeps the run before where a new one is refused', async () => {
    const run = await open();
    await playTo(run, 2);
    const before = expectOk(await run.session.export());
    expect(await run.session.open({ ...small, batch: 50 }, 'interpreter')).toMatchObject({ ok: false });
    expect(run.now()?.step).toBe(2);
    expect(expectOk(await run.session.export()).weights).toEqual(before.weights);
    await playTo(run, 3);
  });

  test('imports what it exported and continues at its step', async () => {
    const run = await open();
    await playTo(run, 2);
    const { weights, experiment } = expectOk(await run.session.export());
    await playTo(run, 4);
    const imported = expectOk(
      await run.session.import(weightsFile(weights), new File([experiment], 'experiment.json')),
    );
    expect(imported).toMatchObject({ continues: true, step: 2, totalSteps: 20 });
    expect(expectOk(await run.session.export()).weights).toEqual(weights);
    // Without its experiment.json, the file's own metadata says what it is.
    const other = await open({ widths: [6, 6, 6, 6] });
    expect(expectOk(await other.session.import(weightsFile(weights), undefined)).experiment.widths).toEqual([
      4, 4, 4, 4,
    ]);
  });

  test('refuses files that do not fit and keeps the run', async () => {
    const run = await open();
    await playTo(run, 1);
    const before = expectOk(await run.session.export());
    const file = expectOk(parseSafetensors(before.weights, 'a'));
    const tensors = new Map(file.tensors);
    tensors.set('fc.bias', { shape: [3], data: new Float32Array(3) });
    const damaged = weightsFile(writeSafetensors({ ...file, tensors }), 'mine.safetensors');
    const wrong = await run.session.import(damaged, undefined);
    expect(wrong).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/mine\.safetensors.*"fc\.bias" has shape \[3\]/) },
    });
    const garbage = await run.session.import(weightsFile(before.weights), new File(['{'], 'experiment.json'));
    expect(garbage).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('experiment.json is not JSON') },
    });
    expect(run.now()?.step).toBe(1);
    expect(expectOk(await run.session.export()).weights).toEqual(before.weights);
  });

  test('starts a new schedule from weights without the optimiser', async () => {
    const run = await open();
    await playTo(run, 2);
    const file = expectOk(parseSafetensors(expectOk(await run.session.export()).weights, 'a'));
    const tensors = new Map([...file.tensors].filter(([name]) => !name.startsWith('optimiser.')));
    const imported = expectOk(await run.session.import(weightsFile(writeSafetensors({ ...file, tensors })), undefined));
    expect(imported).toMatchObject({ continues: false, step: 0 });
  });
});
