import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { fakeStorage } from '../test-support.ts';
import type { EntryState, QueueEntry } from './queue.ts';
import { loadQueue, parseQueue, saveQueue } from './stored-queue.ts';

beforeEach(() => vi.stubGlobal('localStorage', fakeStorage()));
afterEach(() => vi.unstubAllGlobals());

const entry = (id: number, state: EntryState): QueueEntry => ({
  id,
  title: `run ${id}`,
  group: undefined,
  experiment: { ...startingExperiment, seed: id },
  state,
});

test('a queue is read back, offered; what was under way is interrupted', () => {
  const entries = [
    entry(1, { kind: 'done', run: 'a' }),
    entry(2, { kind: 'running', run: 'b' }),
    entry(3, { kind: 'running', run: undefined }),
    entry(4, { kind: 'waiting' }),
    entry(5, { kind: 'refused', message: 'No images.' }),
  ];
  expect(saveQueue({ entries, mode: 'going' }).ok).toBe(true);
  const { queue, problem } = loadQueue();
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

test('one that has ended is shown and not offered, an empty one is not kept', () => {
  saveQueue({ entries: [entry(1, { kind: 'done', run: 'a' })], mode: 'held' });
  expect(loadQueue().queue).toMatchObject({ mode: 'held', entries: [{ id: 1 }] });
  saveQueue({ entries: [], mode: 'held' });
  expect(loadQueue()).toEqual({ queue: { entries: [], mode: 'held' }, problem: undefined });
});

test.each([
  ['{', 'the whole'],
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

test('a browser that takes nothing is said', () => {
  vi.stubGlobal('localStorage', undefined);
  const saved = saveQueue({ entries: [entry(1, { kind: 'waiting' })], mode: 'held' });
  expect(saved.ok).toBe(false);
  expect(loadQueue().queue.entries).toEqual([]);
});
