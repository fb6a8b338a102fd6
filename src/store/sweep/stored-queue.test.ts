import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOwnLocks } from '../../base/locks.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import { fakeStorage } from '../test-support.ts';
import type { EntryState, QueueEntry } from './queue.ts';
import { createQueueKeeper, parseQueue } from './stored-queue.ts';

beforeEach(() => vi.stubGlobal('localStorage', fakeStorage()));
afterEach(() => vi.unstubAllGlobals());

const entry = (id: number, state: EntryState): QueueEntry => ({
  id,
  title: `run ${id}`,
  group: undefined,
  experiment: { ...startingExperiment, seed: id },
  state,
});

/** What a page finds that is opened after all others were closed. */
const found = () => createQueueKeeper(createOwnLocks()).takeOver();

test('a queue is read back, offered; what was under way is interrupted', async () => {
  const entries = [
    entry(1, { kind: 'done', run: 'a' }),
    entry(2, { kind: 'running', run: 'b' }),
    entry(3, { kind: 'running', run: undefined }),
    entry(4, { kind: 'waiting' }),
    entry(5, { kind: 'refused', message: 'No images.' }),
  ];
  expect(createQueueKeeper(createOwnLocks()).save({ entries, mode: 'going' }).ok).toBe(true);
  const { queue, problem } = await found();
  expect(problem).toBeUndefined();
  expect(queue.mode).toBe('offered');
  expect(queue.entries.map(({ state }) => state)).toEqual([
    { kind: 'done', run: 'a' },
    { kind: 'interrupted', run: 'b' },
    { kind: 'waiting' },
    { kind: 'waiting' },
    { kind: 'refused', message: 'No images.' },
  ]);
  expect(queue.entries.map(({ experiment }) => experiment)).toEqual(entries.map(({ experiment }) => experiment));
});

test('one that has ended is shown and not offered, an empty one is not kept', async () => {
  createQueueKeeper(createOwnLocks()).save({ entries: [entry(1, { kind: 'done', run: 'a' })], mode: 'held' });
  const keeper = createQueueKeeper(createOwnLocks());
  expect((await keeper.takeOver()).queue).toMatchObject({ mode: 'held', entries: [{ id: 1 }] });
  keeper.save({ entries: [], mode: 'held' });
  expect(localStorage.length).toBe(0);
  expect(await found()).toEqual({ queue: { entries: [], mode: 'held' }, problem: undefined, elsewhere: false });
});

test('queues of several closed pages become one; that of an open page stays', async () => {
  const locks = createOwnLocks();
  const open = createQueueKeeper(locks);
  await open.takeOver();
  open.save({ entries: [entry(1, { kind: 'running', run: 'a' })], mode: 'going' });
  for (const seed of [2, 3])
    createQueueKeeper(createOwnLocks()).save({ entries: [entry(seed, { kind: 'waiting' })], mode: 'held' });
  // As it was stored before pages had queues of their own.
  localStorage.setItem('hpff-queue', JSON.stringify({ version: 1, entries: [entry(4, { kind: 'waiting' })] }));
  const { queue, elsewhere } = await createQueueKeeper(locks).takeOver();
  expect(elsewhere).toBe(true);
  expect(queue.entries.map(({ title }) => title).sort()).toEqual(['run 2', 'run 3', 'run 4']);
  expect(new Set(queue.entries.map(({ id }) => id)).size).toBe(3);
  expect(localStorage.length).toBe(2);
});

test.each([
  ['{', 'is not JSON'],
  ['{"version":2,"entries":[]}', 'version'],
  ['{"version":1,"entries":[{"id":1}]}', 'entries.0'],
])('garbage is refused in words: %s', (text, where) => {
  const { queue, problem } = parseQueue(text);
  expect(queue.entries).toEqual([]);
  expect(problem?.message).toContain(where);
});

test('a run whose experiment is none is left out by its title', () => {
  const wrong = { ...entry(1, { kind: 'waiting' }), experiment: { ...startingExperiment, batch: -1 } };
  const text = JSON.stringify({ version: 1, entries: [wrong, entry(2, { kind: 'waiting' })] });
  const { queue, problem } = parseQueue(text);
  expect(queue.entries.map(({ id }) => id)).toEqual([2]);
  expect(problem?.message).toMatch(/"run 1".*batch/i);
});

test('a browser that takes nothing is said', async () => {
  vi.stubGlobal('localStorage', undefined);
  const saved = createQueueKeeper(createOwnLocks()).save({ entries: [entry(1, { kind: 'waiting' })], mode: 'held' });
  expect(saved.ok).toBe(false);
  expect((await found()).queue.entries).toEqual([]);
});
