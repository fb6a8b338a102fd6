import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Turn } from './turns.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.resetModules();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A queue of its own that notes what was taken, and when, in milliseconds. */
async function queue() {
  const { waitForTurn } = await import('./turns.ts');
  const begun = performance.now();
  const taken: [name: string, at: number][] = [];
  const wait = (turn: Turn, name: string, since = 0, takes = 0) =>
    waitForTurn(turn, {
      since,
      take() {
        taken.push([name, performance.now() - begun]);
        // The clock stands while it is taken: what is asked next is when it ended.
        if (takes > 0) vi.spyOn(performance, 'now').mockReturnValueOnce(performance.now() + takes);
      },
    });
  return { taken, wait, names: () => taken.map(([name]) => name) };
}

test('what has changed its look goes before what is new, what is out of sight and what follows a run; each in a task of its own', async () => {
  const { wait, names } = await queue();
  wait('later', 'follows');
  wait('outOfSight', 'hidden');
  wait('first', 'new');
  wait('soon', 'waited less', 5);
  wait('soon', 'waited longest', 1);
  expect(names()).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(names()).toEqual(['waited longest']);
  for (let turn = 0; turn < 4; turn++) vi.advanceTimersToNextTimer();
  expect(names()).toEqual(['waited longest', 'waited less', 'new', 'hidden', 'follows']);
});

test('who waits no longer is passed over', async () => {
  const { wait, names } = await queue();
  const leave = wait('soon', 'left');
  wait('soon', 'stayed', 1);
  leave();
  vi.runAllTimers();
  expect(names()).toEqual(['stayed']);
});

test('the page has time between turns, more of it where much is made or taken away', async () => {
  const { wait, taken } = await queue();
  for (const turn of ['soon', 'soon', 'first', 'first', 'outOfSight'] as const) wait(turn, turn);
  vi.runAllTimers();
  const gaps = taken.slice(1).map(([, at], index) => at - (taken[index]?.[1] ?? 0));
  expect(gaps).toEqual([8, 40, 40, 40]);
});

test('those that follow a run come half a second apart, and more rarely where one takes long', async () => {
  const { wait, taken } = await queue();
  for (const [index, name] of ['first', 'second'].entries()) wait('later', name, index);
  vi.runAllTimers();
  expect((taken[1]?.[1] ?? 0) - (taken[0]?.[1] ?? 0)).toBeGreaterThanOrEqual(450);
  wait('later', 'slow', 2, 40);
  wait('later', 'after it', 3);
  vi.runAllTimers();
  expect((taken[3]?.[1] ?? 0) - (taken[2]?.[1] ?? 0)).toBeGreaterThanOrEqual(1000);
});
