import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOwnLocks, type Locks } from '../base/locks.ts';
import { fail, ok } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { fakeStorage, progressAt, runOf, settle, startedPlayground } from './test-support.ts';

const entry = (title: string, seed: number) => ({
  title,
  group: 'sweep',
  experiment: { ...startingExperiment, seed },
});

/** A page whose worker gives every run an identity of its own, and refuses the seeds named. */
async function page(refused: readonly number[] = [], locks: Locks = createOwnLocks()) {
  let runs = 0;
  const started = await startedPlayground(
    '',
    (client) =>
      client.answer('open', (request) => {
        if (request.kind !== 'open') return ok(undefined);
        if (refused.includes(request.experiment.seed)) return fail('These images are not here.', 'data');
        // As the worker does: where the new run stands is said before the answer.
        client.say({ kind: 'progress', progress: progressAt(0) });
        return ok(runOf(request.experiment, `run-${++runs}`));
      }),
    locks,
  );
  const { client, state } = started;
  client.say({ kind: 'progress', progress: progressAt(0) });
  const finish = async () => {
    client.say({ kind: 'progress', progress: progressAt(50, 'finished') });
    await settle();
    client.say({ kind: 'progress', progress: progressAt(1, 'running') });
    await settle();
  };
  const kinds = () => state().queue.entries.map((one) => one.state.kind);
  return { ...started, finish, kinds };
}

describe('the queue of runs', () => {
  it('trains one after another, whatever became of one', async () => {
    const { actions, client, state, finish, kinds } = await page([2]);
    actions.addToQueue([entry('a', 1), entry('b', 2), entry('c', 3)]);
    await settle();
    expect(kinds()).toEqual(['running', 'waiting', 'waiting']);
    expect(client.of('open').at(-1)).toMatchObject({ group: 'sweep', experiment: { seed: 1 } });
    expect(client.of('play')).toHaveLength(1);
    await finish();
    expect(kinds()).toEqual(['done', 'refused', 'running']);
    expect(state().queue.entries[1]?.state).toMatchObject({ message: 'These images are not here.' });
    expect(state().problems.data).toBeUndefined();
    await finish();
    expect(kinds()).toEqual(['done', 'refused', 'done']);
    expect(state().queue.mode).toBe('held');
  });

  it('opens what was queued, not what the controls happen to show', async () => {
    const { actions, client, state } = await page();
    actions.change({ learningRate: 0.4 });
    await settle();
    const changes = client.of('change').length;
    actions.addToQueue([entry('a', 7)]);
    await settle();
    expect(state().run?.experiment).toEqual({ ...startingExperiment, seed: 7 });
    expect(client.of('change')).toHaveLength(changes);
  });

  it('begins after a live run that trains, or pauses it when told to', async () => {
    const { actions, client, kinds } = await page();
    client.say({ kind: 'progress', progress: progressAt(3, 'running') });
    actions.addToQueue([entry('a', 1)]);
    client.say({ kind: 'progress', progress: progressAt(4, 'paused') });
    await settle();
    expect(kinds()).toEqual(['waiting']);
    client.say({ kind: 'progress', progress: progressAt(5, 'running') });
    actions.startQueue();
    await settle();
    expect(client.of('pause')).toHaveLength(1);
    client.say({ kind: 'progress', progress: progressAt(5, 'paused') });
    await settle();
    expect(kinds()).toEqual(['running']);
  });

  it('is held and goes on, and cancelled leaves the run as far as it came', async () => {
    const { actions, client, kinds } = await page();
    actions.addToQueue([entry('a', 1), entry('b', 2)]);
    await settle();
    client.say({ kind: 'progress', progress: progressAt(3, 'running') });
    actions.holdQueue();
    await settle();
    expect(client.of('pause')).toHaveLength(1);
    actions.startQueue();
    await settle();
    expect(client.of('play')).toHaveLength(2);
    client.say({ kind: 'progress', progress: progressAt(4, 'running') });
    actions.cancelQueue();
    await settle();
    expect(kinds()).toEqual(['stopped']);
    expect(client.of('pause')).toHaveLength(2);
  });

  it('goes on after a run that failed, and waits where another was opened in its place', async () => {
    const { actions, client, state, kinds } = await page();
    actions.addToQueue([entry('a', 1), entry('b', 2), entry('c', 3)]);
    await settle();
    client.say({ kind: 'progress', progress: progressAt(3, 'running') });
    client.say({ kind: 'failed', error: { message: 'The loss is not finite.' } });
    await settle();
    expect(state().queue.entries[0]?.state).toMatchObject({ kind: 'stopped', message: 'The loss is not finite.' });
    expect(kinds()).toEqual(['stopped', 'running', 'waiting']);
    client.say({ kind: 'progress', progress: progressAt(3, 'running') });
    actions.openNew();
    await settle();
    client.say({ kind: 'progress', progress: progressAt(0, 'paused') });
    await settle();
    expect(kinds()).toEqual(['stopped', 'stopped', 'waiting']);
    expect(state().queue.mode).toBe('held');
  });

  it('is offered after a reload, and resumes the run that was under way', async () => {
    vi.stubGlobal('localStorage', fakeStorage());
    const first = await page();
    first.actions.addToQueue([entry('a', 1), entry('b', 2), entry('c', 3)]);
    await settle();
    await first.finish();
    expect(first.kinds()).toEqual(['done', 'running', 'waiting']);
    const begun = first.state().run?.id as string;

    const { actions, client, state, finish, kinds } = await page();
    expect(kinds()).toEqual(['done', 'interrupted', 'waiting']);
    expect(state().queue.mode).toBe('offered');
    expect(client.of('play')).toHaveLength(0);
    client.answer('resume', (request) =>
      request.kind === 'resume'
        ? ok({ ...runOf({ ...startingExperiment, seed: 2 }, request.run), step: 7, notes: [] })
        : ok(undefined),
    );
    client.answer('readHistory', () => fail('none'));
    actions.startQueue();
    await settle();
    expect(client.of('resume')).toMatchObject([{ run: begun }]);
    expect(kinds()).toEqual(['done', 'running', 'waiting']);
    expect(client.of('play')).toHaveLength(1);
    client.say({ kind: 'progress', progress: progressAt(8, 'running') });
    await finish();
    expect(kinds()).toEqual(['done', 'done', 'running']);
    expect(client.of('open').at(-1)).toMatchObject({ experiment: { seed: 3 } });
  });

  it('stays with its page while that is open: no run is begun by two', async () => {
    vi.stubGlobal('localStorage', fakeStorage());
    const locks = createOwnLocks();
    const first = await page([], locks);
    first.actions.addToQueue([entry('a', 1), entry('b', 2), entry('c', 3)]);
    await settle();
    const second = await page([], locks);
    expect(second.kinds()).toEqual([]);
    expect(second.state()).toMatchObject({ queueElsewhere: true, queue: { mode: 'held' } });
    // It has one of its own, and neither forgets.
    second.actions.addToQueue([entry('d', 4)]);
    await settle();
    expect(second.client.of('open').at(-1)).toMatchObject({ experiment: { seed: 4 } });
    await first.finish();
    // Both closed, their locks are free: one page takes all over, and none a second time.
    const third = await page();
    expect(third.kinds()).toEqual(['done', 'interrupted', 'waiting', 'interrupted']);
    expect(new Set(third.state().queue.entries.map(({ id }) => id)).size).toBe(4);
    expect(third.state()).toMatchObject({ queueElsewhere: false, queue: { mode: 'offered' } });
    expect((await page()).kinds()).toEqual(['done', 'interrupted', 'waiting', 'interrupted']);
  });

  it('waits where the interrupted run cannot be resumed', async () => {
    vi.stubGlobal('localStorage', fakeStorage());
    const first = await page();
    first.actions.addToQueue([entry('a', 1), entry('b', 2)]);
    await settle();
    const { actions, client, state, kinds } = await page();
    client.answer('resume', () => fail('This run is open in another tab.'));
    actions.startQueue();
    await settle();
    expect(kinds()).toEqual(['interrupted', 'waiting']);
    expect(state().queue.mode).toBe('held');
    expect(state().problems.runs?.message).toContain('another tab');
  });
});

afterEach(() => vi.unstubAllGlobals());
