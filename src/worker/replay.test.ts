import { describe, expect, test } from 'vitest';
import { RunArchive } from '../archive/run-archive.ts';
import { createOwnLocks } from '../base/locks.ts';
import { expectOk } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { changesToCome, replayOf } from '../runs/replay.ts';
import { parseReplay, type RunRecord } from '../runs/run-record.ts';
import { filesOf, listen, lossesOf, memoryArchive, open, playTo, small, storedStep } from './test-support.ts';

/** A run with changes by hand: before its first step, of scalars, of several fields at one step, of cuts twice at one step, and after its last step. */
async function changedRun() {
  const run = await open({ epochs: 2 }, 'tfjs-wasm');
  let experiment: Experiment = { ...small, epochs: 2 };
  const change = async (fields: Partial<Experiment>) => {
    experiment = { ...experiment, ...fields };
    expectOk(await run.session.change(experiment));
  };
  await change({ learningRate: 0.02 });
  await playTo(run, 2);
  await change({ momentum: 0.5 });
  await change({ wx: 0.25, learningRate: 0.04 });
  await playTo(run, 4);
  await change({ cuts: 'k1', method: 'bp', hilo: false, window: 1, pff: 'none', bn: 'once' });
  await change({ cuts: 'k3', method: 'dgl' });
  await playTo(run, 8);
  await change({ epochs: 3 });
  await playTo(run, 10);
  const record = run.records.get(run.info.id) as RunRecord;
  return { record, losses: [...lossesOf(run.measured)], dispose: run };
}

async function replayed(record: RunRecord, archive = memoryArchive()) {
  const listening = listen(archive);
  const replay = expectOk(parseReplay(JSON.parse(JSON.stringify(replayOf(record, 'first'))), 'a'));
  const info = expectOk(await listening.session.open(record.experiment, 'auto', { replay }));
  return { ...listening, info };
}

const nowOf = ({ records, info }: Awaited<ReturnType<typeof replayed>>) => records.get(info.id) as RunRecord;

describe('a replay', () => {
  test('makes every change at its step: the same losses, bit for bit, and a record that says of what', async () => {
    const { record, losses } = await changedRun();
    const again = await replayed(record);
    expect(again.info).toMatchObject({ executor: 'tfjs-wasm', notes: [] });
    await playTo(again, 10);
    expect([...lossesOf(again.measured)]).toEqual(losses);
    const { changes, replay } = nowOf(again);
    expect(changes).toEqual(record.changes);
    expect(replay).toMatchObject({ of: record.id, name: 'first', steps: 10, made: record.changes.length, own: [] });
    // The page is told of each, with what the live run is after it.
    expect(again.repeated.at(-1)?.experiment).toEqual({ ...again.info.experiment, ...small, ...last(record) });
  });

  test('goes on after a reload with the changes still to come', async () => {
    const { record, losses } = await changedRun();
    const archive = memoryArchive();
    const begun = await replayed(record, archive);
    await playTo(begun, 3);
    await storedStep(archive, begun.info.id, 3);
    const later = listen(new RunArchive(filesOf(archive), createOwnLocks()));
    const resumed = expectOk(await later.session.resume(begun.info.id));
    expect(changesToCome(resumed.record.replay as NonNullable<typeof resumed.record.replay>)).toEqual(
      record.changes.filter(({ step }) => step > 2),
    );
    await playTo(later, 10);
    expect([...lossesOf(later.measured)]).toEqual(losses.slice(3));
  });

  test('leaves fields that were changed by hand as they were set, and makes the other changes', async () => {
    const { record } = await changedRun();
    const again = await replayed(record);
    await playTo(again, 1);
    const before = again.repeated.at(-1)?.experiment as Experiment;
    expectOk(await again.session.change({ ...before, learningRate: 0.5 }));
    await playTo(again, 3);
    expect(again.repeated.at(-1)?.experiment).toMatchObject({ learningRate: 0.5, wx: 0.25, momentum: 0.5 });
    // What the page did not know of yet stays as it was made.
    const changed = expectOk(await again.session.change({ ...before, weightDecay: 0.01 }, before)).record;
    expect(changed.changes.at(-1)).toEqual({ step: 3, change: { weightDecay: 0.01 } });
    expect(changed.replay?.own).toEqual(['learningRate', 'weightDecay']);
  });

  test('a change that is not possible any more ends it in words, paused', async () => {
    const { record } = await changedRun();
    const again = await replayed({
      ...record,
      changes: [{ step: 1, change: { seed: 5 } }, ...record.changes.slice(2)],
    });
    expectOk(again.session.play('end'));
    while (again.failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(again.failures[0]?.message).toMatch(/recorded change of step 1 cannot be made.*while it is trained/);
    expect(again.now()).toMatchObject({ status: 'paused', step: 1 });
    await playTo(again, 5);
    expect(nowOf(again).changes).toEqual([]);
  });

  test('says where its numbers may differ', async () => {
    const { record } = await changedRun();
    const elsewhere = { ...record, provenance: { ...record.provenance, device: 'a 6502' } };
    expect((await replayed(elsewhere)).info.notes).toEqual([expect.stringContaining('was trained on a 6502')]);
  });
});

const last = (record: RunRecord): Partial<Experiment> =>
  Object.assign({}, ...record.changes.map(({ change }) => change));
