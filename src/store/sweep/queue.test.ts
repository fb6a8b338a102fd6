import { expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import {
  emptyQueue,
  enqueue,
  moveEntry,
  nextInTurn,
  removeEntry,
  withoutEnded,
  withoutWaiting,
  withState,
} from './queue.ts';

const entry = (title: string) => ({ title, group: undefined, experiment: startingExperiment });
const titles = ({ entries }: ReturnType<typeof enqueue>) => entries.map(({ title }) => title).join('');
const abcd = enqueue(enqueue(emptyQueue, [entry('a'), entry('b')], false), [entry('c'), entry('d')], false);

it('takes runs in turn', () => {
  expect(titles(abcd)).toBe('abcd');
  expect(new Set(abcd.entries.map(({ id }) => id)).size).toBe(4);
  expect(nextInTurn(withState(abcd, 1, { kind: 'done', run: 'x' }))?.title).toBe('b');
});

it('moves waiting runs past each other only', () => {
  const running = withState(abcd, 2, { kind: 'running', run: 'x' });
  expect(titles(moveEntry(running, 3, -1))).toBe('cbad');
  expect(titles(moveEntry(running, 4, 1))).toBe('abcd');
  expect(titles(moveEntry(running, 2, 1))).toBe('abcd');
});

it('takes runs out, but not the running one', () => {
  const running = withState(withState(abcd, 1, { kind: 'done', run: 'x' }), 2, { kind: 'running', run: 'y' });
  expect(titles(removeEntry(running, 3))).toBe('abd');
  expect(titles(removeEntry(running, 2))).toBe('abcd');
  expect(titles(withoutWaiting(running))).toBe('ab');
  expect(titles(withoutEnded(running))).toBe('bcd');
});

it('begins at once, or after the live run, and stays held where somebody held it', () => {
  expect(abcd.mode).toBe('going');
  expect(enqueue(emptyQueue, [entry('a')], true).mode).toBe('afterLive');
  expect(enqueue({ ...abcd, mode: 'held' }, [entry('e')], false).mode).toBe('held');
  expect(enqueue(withoutWaiting({ ...abcd, mode: 'held' }), [entry('e')], false).mode).toBe('going');
  expect(enqueue(emptyQueue, [], false).mode).toBe('held');
});
