import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore, type FileStore } from '../archive/file-store.ts';
import { RunArchive } from '../archive/run-archive.ts';
import { createOwnLocks } from '../base/locks.ts';
import { expectOk, failWith } from '../base/result.ts';
import { noLimits } from '../experiment/limits.ts';
import { readRunZip } from '../formats/run-zip/run-zip.ts';
import { parseSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import { exportFormatNames, exportFormats, plainExport } from '../runs/export-formats.ts';
import { filesOf, listen, lossesOf, memoryArchive, open, playTo, small, storedStep } from './test-support.ts';

/** Where it is waited for what is written in its own time. */
const patience = { timeout: 20_000, interval: 100 };
const weightsFile = (bytes: Uint8Array<ArrayBuffer>, name = 'weights.safetensors') => new File([bytes], name);

describe('Session', () => {
  test('tells the record of a run while it trains, and not at every report', async () => {
    const { session, records, info } = await open();
    const told = () => records.get(info.id);
    const clock = vi.spyOn(performance, 'now');
    onTestFinished(() => clock.mockRestore());
    const start = performance.now() + 10_000;
    clock.mockReturnValue(start);
    session.report();
    const first = told();
    clock.mockReturnValue(start + 500);
    session.report();
    expect(told()).toBe(first);
    clock.mockReturnValue(start + 1500);
    session.report();
    expect(told()).not.toBe(first);
  });

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
    expect(await session.readings.export()).toMatchObject({ ok: false });
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
    const before = expectOk(await run.session.readings.export());
    expect(await run.session.open({ ...small, batch: 50 }, 'interpreter')).toMatchObject({ ok: false });
    expect(run.now()?.step).toBe(2);
    expect(expectOk(await run.session.readings.export()).bytes).toEqual(before.bytes);
    await playTo(run, 3);
  });

  test('imports what it exported and continues at its step', async () => {
    const run = await open();
    await playTo(run, 2);
    const { bytes: weights } = expectOk(await run.session.readings.export());
    const experiment = expectOk(await run.session.readings.export('experiment')).bytes;
    await playTo(run, 4);
    const imported = expectOk(
      await run.session.import(weightsFile(weights), new File([experiment], 'experiment.json')),
    );
    expect(imported).toMatchObject({ continues: true, step: 2, totalSteps: 20 });
    expect(expectOk(await run.session.readings.export()).bytes).toEqual(weights);
    // Without its experiment.json, the file's own metadata says what it is.
    const other = await open({ widths: [6, 6, 6, 6] });
    expect(expectOk(await other.session.import(weightsFile(weights), undefined)).experiment.widths).toEqual([
      4, 4, 4, 4,
    ]);
  });

  test('opens a run that was exported whole: changes, measurements and state, as a run of its own', async () => {
    const run = await open();
    await playTo(run, 2);
    expectOk(await run.session.change({ ...small, learningRate: 0.01 }));
    await playTo(run, 3);
    const zip = expectOk(await run.session.readings.export('run'));
    await playTo(run, 4);
    const other = await open({ widths: [6, 6, 6, 6] });
    const imported = expectOk(await other.session.import(new File([zip.bytes], 'mine.hpff.zip'), undefined));
    expect(imported).toMatchObject({ continues: true, step: 3, experiment: { ...small, learningRate: 0.01 } });
    expect(imported.record).toMatchObject({
      experiment: small,
      changes: [{ step: 2, change: { learningRate: 0.01 } }],
    });
    expect(imported.id).not.toBe(run.info.id);
    await playTo(other, 4);
    const history = expectOk(await other.session.runs.readHistory(imported.id));
    const original = expectOk(await run.session.runs.readHistory(run.info.id));
    const losses = (data: typeof history) => new Map(data.train.columns).get('final.loss');
    expect(history.train.rows).toBe(4);
    // The interpreter computes in float64; the file holds float32.
    const wanted = losses(original) ?? [];
    for (const [row, loss] of losses(history)?.entries() ?? []) expect(loss).toBeCloseTo(wanted[row] as number, 5);
  });

  test('exports in every format, and says how a Python pickle is converted', async () => {
    const run = await open();
    await playTo(run, 1);
    for (const format of exportFormatNames) {
      const made = expectOk(
        await run.session.readings.export(format, { earlyExits: true, optimiser: true, images: true }),
      );
      expect(made.name).toBe(exportFormats[format].file);
      expect(made.bytes.length).toBeGreaterThan(10);
    }
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4);
    for (const file of [new File(['x'], 'resnet.pth'), new File(['x'], 'resnet.pt'), new File([zip], 'resnet.bin')]) {
      const pickle = await run.session.import(file, undefined);
      if (pickle.ok) throw new Error(`${file.name} was taken`);
      expect(pickle.error.message).toMatch(/^resnet\.\w+ is a Python pickle.*safetensors\.torch\.save_file/);
      expect(pickle.error.code?.split('\n')).toEqual([
        'import torch; from safetensors.torch import save_file',
        `save_file(torch.load("${file.name}", map_location="cpu", weights_only=True), "resnet.safetensors")`,
      ]);
    }
  });

  test('refuses files that do not fit and keeps the run', async () => {
    const run = await open();
    await playTo(run, 1);
    const before = expectOk(await run.session.readings.export());
    const file = expectOk(parseSafetensors(before.bytes, 'a'));
    const tensors = new Map(file.tensors);
    tensors.set('fc.bias', { shape: [3], data: new Float32Array(3) });
    const damaged = weightsFile(writeSafetensors({ ...file, tensors }), 'mine.safetensors');
    const wrong = await run.session.import(damaged, undefined);
    expect(wrong).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/mine\.safetensors.*"fc\.bias" has shape \[3\]/) },
    });
    const garbage = await run.session.import(weightsFile(before.bytes), new File(['{'], 'experiment.json'));
    expect(garbage).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('experiment.json is not JSON') },
    });
    expect(run.now()?.step).toBe(1);
    expect(expectOk(await run.session.readings.export()).bytes).toEqual(before.bytes);
  });

  test('starts a new schedule from weights without the optimiser', async () => {
    const run = await open();
    await playTo(run, 2);
    const file = expectOk(parseSafetensors(expectOk(await run.session.readings.export()).bytes, 'a'));
    const tensors = new Map([...file.tensors].filter(([name]) => !name.startsWith('optimiser.')));
    const imported = expectOk(await run.session.import(weightsFile(writeSafetensors({ ...file, tensors })), undefined));
    expect(imported).toMatchObject({ continues: false, step: 0 });
  });
});

/** Losses of the training steps measured, by step; a step that was done twice has the last. */
describe('runs that last', () => {
  test('another session goes on from the last checkpoint with the same losses, bit for bit', async () => {
    const straight = await open({}, 'tfjs-wasm');
    await playTo(straight, 7);
    const archive = memoryArchive();
    const run = await open({}, 'tfjs-wasm', archive);
    await playTo(run, 3);
    await storedStep(archive, run.info.id, 3);
    // As after a crash: nothing says good-bye, the lock is free.
    const later = listen(new RunArchive(filesOf(archive), createOwnLocks()));
    const resumed = expectOk(await later.session.resume(run.info.id));
    expect(resumed).toMatchObject({ step: 3, notes: [], id: run.info.id });
    await playTo(later, 7);
    expect([...lossesOf(later.measured)]).toEqual([...lossesOf(straight.measured)].slice(3));
    const history = expectOk(await later.session.runs.readHistory(run.info.id));
    expect(history.train.rows).toBe(7);
  });

  test('a run that goes on elsewhere says which steps were computed on what, exported too', async () => {
    const run = await open();
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    const moved = expectOk(await run.session.resume(run.info.id, 'tfjs-wasm'));
    expect(moved.record.provenance.executor).toBe('interpreter');
    const elsewhere = [{ step: 2, provenance: { executor: 'tfjs-wasm', device: moved.description } }];
    expect(moved.record.handovers).toMatchObject(elsewhere);
    await playTo(run, 3);
    await storedStep(run.archive, run.info.id, 3);
    const zip = expectOk(await run.session.readings.export('run'));
    expect(expectOk(readRunZip(zip.bytes, 'a')).record.handovers).toMatchObject(elsewhere);
    // It goes on where it was computed last, unless told otherwise.
    const later = listen(new RunArchive(filesOf(run.archive), createOwnLocks()));
    const resumed = expectOk(await later.session.resume(run.info.id));
    expect(resumed).toMatchObject({ executor: 'tfjs-wasm', notes: [], record: { handovers: elsewhere } });
    const imported = await open();
    const opened = expectOk(await imported.session.import(new File([zip.bytes], 'a.hpff.zip'), undefined));
    expect(opened.record.handovers).toMatchObject([...elsewhere, { step: 3, provenance: { executor: 'interpreter' } }]);
  });

  test('gradients measured at rest are part of the run', async () => {
    const run = await open();
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    const measured = expectOk(await run.session.readings.measureGradients(4));
    const later = listen(new RunArchive(filesOf(run.archive), createOwnLocks()));
    expectOk(await later.session.resume(run.info.id));
    const { gradients } = expectOk(await later.session.runs.readHistory(run.info.id));
    expect(gradients.rows).toBe(1);
    const columns = new Map(gradients.columns);
    expect(columns.get('step')).toEqual(Float64Array.of(2));
    for (const { block, cosine } of measured.modules)
      expect(columns.get(`${block}/gradient.cosine`)).toEqual(Float64Array.of(cosine as number));
  });

  test('keeps changes with their step and goes on with them', async () => {
    const run = await open();
    await playTo(run, 1);
    expectOk(await run.session.change({ ...small, learningRate: 0.5 }));
    expectOk(await run.session.change({ ...small, learningRate: 0.25 }));
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    const [record] = expectOk(await run.session.runs.list()).records;
    expect(record?.changes).toEqual([{ step: 1, change: { learningRate: 0.25 } }]);
    const later = listen(new RunArchive(filesOf(run.archive), createOwnLocks()));
    expect(expectOk(await later.session.resume(run.info.id)).experiment.learningRate).toBe(0.25);
  });

  test('a change after the last checkpoint is taken back with the steps after it', async () => {
    const run = await open();
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    expectOk(await run.session.change({ ...small, learningRate: 0.5 }));
    const back = expectOk(await run.session.resume(run.info.id));
    expect(back.record.changes).toEqual([]);
    expect(back.experiment.learningRate).toBe(small.learningRate);
    await playTo(run, 3);
  });

  test('an edit made while it is paused is kept when the page is hidden', async () => {
    const run = await open();
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    expectOk(await run.session.change({ ...small, learningRate: 0.5 }));
    expectOk(
      await run.session.change({
        ...small,
        learningRate: 0.5,
        cuts: [
          [1, 0],
          [3, 0],
        ],
      }),
    );
    expectOk(await run.session.checkpoint());
    await vi.waitFor(async () => {
      const later = listen(new RunArchive(filesOf(run.archive), createOwnLocks()));
      const back = expectOk(await later.session.resume(run.info.id));
      expect(back.experiment).toMatchObject({
        learningRate: 0.5,
        cuts: [
          [1, 0],
          [3, 0],
        ],
      });
      expect(back.step).toBe(2);
    }, patience);
  });

  test('a stored run is exported as of its last checkpoint, while another one is live', async () => {
    const run = await open();
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    const own = expectOk(await run.session.export(run.info.id, 'run', plainExport));
    await playTo(run, 3);
    const other = expectOk(await run.session.open({ ...small, seed: 4 }, 'interpreter'));
    await playTo(run, 1);
    const whole = expectOk(readRunZip(expectOk(await run.session.export(run.info.id, 'run', plainExport)).bytes, 'a'));
    expect(whole.record).toMatchObject({ id: run.info.id, experiment: small });
    expect([whole.weights.metadata.step, whole.history.train.length]).toEqual(['3', 3]);
    expect(expectOk(readRunZip(own.bytes, 'a')).history.train.length).toBe(2);
    expectOk(await run.session.export(run.info.id, 'pytorch', plainExport));
    expect(await run.session.export(run.info.id, 'images', plainExport)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('Resume the run') },
    });
    expect((await run.session.export('none', 'run', plainExport)).ok).toBe(false);
    expect(run.now()?.step).toBe(1);
    const live = expectOk(readRunZip(expectOk(await run.session.export(other.id, 'run', plainExport)).bytes, 'a'));
    expect(live.record.id).toBe(other.id);
  });

  test('a new run, and a reset, leave the one before to be resumed', async () => {
    const run = await open();
    await playTo(run, 2);
    const again = expectOk(await run.session.reset());
    expect(again.id).not.toBe(run.info.id);
    expect(run.now()?.step).toBe(0);
    expectOk(await run.session.open({ ...small, seed: 4 }, 'interpreter', { name: 'other', group: 'pair' }));
    const { records } = expectOk(await run.session.runs.list());
    // The second had no step: there is nothing to keep.
    expect(records.map(({ name, summary }) => [name, summary.step])).toEqual([
      ['other', 0],
      [undefined, 2],
    ]);
    expect(expectOk(await run.session.resume(run.info.id)).step).toBe(2);
    expect(run.measured.filter(({ step }) => step > 2)).toEqual([]);
  });

  test('two tabs never have one run', async () => {
    const run = await open();
    await playTo(run, 1);
    await storedStep(run.archive, run.info.id, 1);
    const other = listen(run.archive);
    expect(await other.session.resume(run.info.id)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('another tab') },
    });
    expect((await other.session.runs.rename(run.info.id, 'mine')).ok).toBe(false);
    expect((await other.session.runs.delete(run.info.id)).ok).toBe(false);
    expectOk(await run.session.open(small, 'interpreter'));
    expect(expectOk(await other.session.resume(run.info.id)).step).toBe(1);
  });

  test('runs are renamed, deleted and brought back; the live one stays', async () => {
    const run = await open();
    await playTo(run, 1);
    await storedStep(run.archive, run.info.id, 1);
    expectOk(await run.session.runs.rename(run.info.id, 'first'));
    expect((await run.session.runs.delete(run.info.id)).ok).toBe(false);
    expectOk(await run.session.open(small, 'interpreter'));
    expectOk(await run.session.runs.delete(run.info.id));
    expect(expectOk(await run.session.runs.list()).records).toHaveLength(1);
    expect((await run.session.resume(run.info.id)).ok).toBe(false);
    expectOk(await run.session.runs.restore(run.info.id));
    expect(expectOk(await run.session.runs.list()).records[1]?.name).toBe('first');
    expectOk(await run.session.runs.delete(run.info.id));
    expectOk(await run.archive.purge(0));
    expect((await run.session.runs.restore(run.info.id)).ok).toBe(false);
  });

  test('a pause keeps a checkpoint; play right after it is not lost', async () => {
    const run = await open();
    expectOk(run.session.play('end'));
    while (run.measured.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expectOk(run.session.pause());
    expectOk(run.session.play('end'));
    while (run.now()?.status !== 'finished') await new Promise((resolve) => setTimeout(resolve, 5));
    await storedStep(run.archive, run.info.id, 20);
    expect(run.records.get(run.info.id)?.summary).toMatchObject({ state: 'finished', step: 20 });
    expect(run.stored.filter((problem) => problem !== undefined)).toEqual([]);
  });
});

describe('faults', () => {
  test('a run whose loss is no number any more says where, keeps its good checkpoints, and goes back', async () => {
    const run = await open({ epochs: 100 }, 'tfjs-wasm');
    await playTo(run, 2);
    await storedStep(run.archive, run.info.id, 2);
    expectOk(await run.session.change({ ...run.info.experiment, learningRate: 10, momentum: 0.99, weightDecay: 0.9 }));
    expectOk(run.session.play('end'));
    while (run.failures.length === 0 && run.now()?.status !== 'finished')
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(run.failures[0]).toMatchObject({
      fault: 'diverged',
      message: expect.stringMatching(/At step \d+ (the loss|a gradient) of (module \d|the head)/),
    });
    while (run.records.get(run.info.id)?.summary.state !== 'diverged')
      await new Promise((resolve) => setTimeout(resolve, 5));
    const back = expectOk(await run.session.resume(run.info.id));
    expect(back.experiment.learningRate).toBe(small.learningRate);
    const { step } = back;
    await playTo(run, step + 1);
    expect(run.measured.at(-1)?.final.loss).toBeLessThan(100);
    expect(run.failures).toHaveLength(1);
  });

  test.each([
    { learningRate: 10, momentum: 0.9, weightDecay: 0.3 },
    { learningRate: 10, momentum: 0.99, weightDecay: 0 },
    { learningRate: 3, momentum: 0.99, weightDecay: 0.5 },
  ])('however a run diverges, no checkpoint of it is of numbers that are none (%j)', async (change) => {
    const run = await open({ trainSize: 100, epochs: 100, evaluateEvery: 0, learningRate: 0.1 }, 'tfjs-wasm');
    await playTo(run, 4);
    await storedStep(run.archive, run.info.id, 4);
    expectOk(await run.session.change({ ...run.info.experiment, ...change }));
    // Every step is kept, those that lead astray too.
    for (let step = 5; step < 80 && run.failures.length === 0; step++) {
      expectOk(run.session.play('step'));
      while (run.now()?.step !== step && run.failures.length === 0)
        await new Promise((resolve) => setTimeout(resolve, 2));
      while (!['paused', 'failed'].includes(run.now()?.status ?? ''))
        await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(run.failures).toMatchObject([
      { fault: 'diverged', message: expect.stringMatching(/^At step \d+ .*(module \d|the head)/) },
    ]);
    const exported = await run.session.export(run.info.id, 'run', plainExport);
    if (exported.ok) expect(readRunZip(exported.value.bytes, 'a').ok).toBe(true);
    expectOk(await run.session.export(run.info.id, 'csv', plainExport));
    const { checkpoint } = expectOk(await run.archive.run(run.info.id).readCheckpoint());
    const back = expectOk(await run.session.resume(run.info.id));
    expect([back.step, back.notes]).toEqual([checkpoint?.step, []]);
    expect(back.step).toBeGreaterThanOrEqual(4);
  });

  test('a memory budget refuses what is planned above it, when opened and when rebuilt', async () => {
    const run = await open();
    const { plannedBytes } = run.info.record.summary;
    expectOk(run.session.configure({ checkpointSeconds: 30, memoryBudget: (1.01 * plannedBytes) / 1e6 }, noLimits));
    const larger = await run.session.change({ ...small, batch: 10 });
    expect(larger).toMatchObject({ ok: false, error: { fault: 'over-budget', where: 'batch' } });
    const opened = await run.session.open({ ...small, batch: 10 }, 'interpreter');
    expect(opened).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('largest batch that fits is 5') },
    });
    await playTo(run, 1);
    expectOk(await run.session.change({ ...small, batch: 4 }));
  });

  test("a teacher's limits hold for whatever becomes the live run, and change nothing where they refuse", async () => {
    const archive = memoryArchive();
    const before = await open({ batch: 4 }, 'interpreter', archive);
    await playTo(before, 1);
    await storedStep(archive, before.info.id, 1);
    const file = expectOk(await before.session.readings.export('run'));
    const live = expectOk(await before.session.open(small, 'interpreter'));
    const { plannedBytes } = live.record.summary;
    const limits = { locked: { batch: small.batch }, memoryBudget: 1.01 * plannedBytes };
    expectOk(before.session.configure({ checkpointSeconds: 30, memoryBudget: 1000 }, limits));
    const locked = { ok: false, error: { where: 'batch', message: expect.stringContaining('Batch size is locked') } };
    expect(await before.session.resume(before.info.id)).toMatchObject(locked);
    expect(await before.session.import(new File([file.bytes], 'a.hpff.zip'), undefined)).toMatchObject(locked);
    expect(await before.session.open({ ...small, batch: 4 }, 'interpreter')).toMatchObject(locked);
    expect(await before.session.change({ ...small, batch: 4 })).toMatchObject(locked);
    expect(await before.session.open({ ...small, network: 'resnet14' }, 'interpreter')).toMatchObject({
      ok: false,
      error: { fault: 'over-budget', message: expect.stringContaining("the teacher's link allows") },
    });
    await playTo(before, 1);
    const { records } = expectOk(await before.session.runs.list());
    expect(records[0]?.id).toBe(live.id);
    // The run that was not resumed can be opened elsewhere: nothing of it is held.
    expectOk(await listen(archive).session.resume(before.info.id));
  });

  test('full storage is told, training goes on, and what deleted runs held is given up', async () => {
    const store = createMemoryStore();
    let room = true;
    const limited: FileStore = {
      ...store,
      write: async (path, contents) =>
        room || path.endsWith('deleted')
          ? store.write(path, contents)
          : failWith('storage-full', 'There is no space left.'),
      async remove(path) {
        // Giving up a run makes room.
        if (path.split('/').length === 2) room = true;
        return store.remove(path);
      },
    };
    const run = await open({}, 'interpreter', new RunArchive(limited, createOwnLocks()));
    await playTo(run, 1);
    const first = run.info.id;
    await storedStep(run.archive, first, 1);
    const second = expectOk(await run.session.open(small, 'interpreter'));
    room = false;
    await playTo(run, 2);
    while (run.stored.at(-1)?.fault !== 'storage-full') await new Promise((resolve) => setTimeout(resolve, 5));
    await playTo(run, 3);
    expectOk(await run.session.runs.delete(first));
    await playTo(run, 4);
    await storedStep(run.archive, second.id, 4);
    while (run.stored.at(-1) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(run.failures).toEqual([]);
  });
});
