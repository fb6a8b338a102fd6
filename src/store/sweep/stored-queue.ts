import * as v from 'valibot';
import { issueInShort } from '../../base/in-short.ts';
import { parseJson } from '../../base/json.ts';
import type { Locks } from '../../base/locks.ts';
import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { parseExperiment } from '../../experiment/schema.ts';
import { parseReplay } from '../../runs/run-record.ts';
import { type EntryState, emptyQueue, joinQueues, nextInTurn, type QueueEntry, type RunQueue } from './queue.ts';

/** More than browsers let a page store. */
const bounds = { length: 16_000_000 };

const prefix = 'hpff-queue';

const run = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const message = v.string();
const stateSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('waiting') }),
  v.strictObject({ kind: v.literal('running'), run: v.optional(run) }),
  v.strictObject({ kind: v.literal('interrupted'), run }),
  v.strictObject({ kind: v.literal('done'), run }),
  v.strictObject({ kind: v.literal('refused'), message }),
  v.strictObject({ kind: v.literal('stopped'), run, message }),
]);
const schema = v.strictObject({
  version: v.literal(1),
  entries: v.pipe(
    v.array(
      v.strictObject({
        id: v.pipe(v.number(), v.safeInteger()),
        title: v.string(),
        group: v.optional(v.string()),
        experiment: v.unknown(),
        replay: v.optional(v.unknown()),
        state: stateSchema,
      }),
    ),
    v.maxLength(10_000),
  ),
});

/** A queue as it was read, and in words what of it could not be. */
export interface ReadQueue {
  readonly queue: RunQueue;
  readonly problem: Problem | undefined;
}

/** Keeps the queue of this page in the browser. Each page has a queue of its own, so that no run is begun by two. */
export interface QueueKeeper {
  /** Takes over the queues of pages that are closed; one of a page that is open stays with it. */
  takeOver(): Promise<TakenOver>;
  /** Errors: the browser does not take it. */
  save(queue: RunQueue): Result<void>;
}

/** Queues of closed pages as one, offered where runs of them wait. */
export interface TakenOver extends ReadQueue {
  /** Another page that is open has a queue, too. */
  readonly elsewhere: boolean;
}

/** @param locks held by a page for the queue under its own key, as long as it is open */
export function createQueueKeeper(locks: Locks): QueueKeeper {
  const own = `${prefix}-${Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36)).join('')}`;
  const save: QueueKeeper['save'] = ({ entries }) => {
    try {
      if (entries.length === 0) globalThis.localStorage.removeItem(own);
      else globalThis.localStorage.setItem(own, JSON.stringify({ version: 1, entries }));
      return ok(undefined);
    } catch {
      return fail('The queue cannot be stored in this browser; it lasts until the page is closed.', 'queue');
    }
  };
  return {
    save,
    async takeOver() {
      await locks.acquire(own);
      const found = await Promise.all(storedKeys().map(async (key) => ({ key, release: await locks.acquire(key) })));
      const free = found.filter(({ release }) => release !== undefined);
      const read = free.flatMap(({ key }) => {
        const text = globalThis.localStorage.getItem(key);
        return text === null ? [] : [parseQueue(text)];
      });
      const queue = read.reduce((joined, one) => joinQueues(joined, one.queue), emptyQueue);
      // Only what is kept here may be given up there.
      if (save(queue).ok) for (const { key } of free) globalThis.localStorage.removeItem(key);
      for (const { release } of free) release?.();
      const problems = read.flatMap(({ problem }) => (problem === undefined ? [] : [problem.message]));
      const problem = problems.length === 0 ? undefined : { message: problems.join(' '), where: 'queue' };
      return { queue, problem, elsewhere: free.length < found.length };
    },
  };
}

/** Keys of all queues of this browser. */
function storedKeys(): string[] {
  try {
    const { localStorage } = globalThis;
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
    return keys.filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

/** Reads a stored queue. Runs whose experiments are none any more are left out, and said. */
export function parseQueue(text: string): ReadQueue {
  const refuse = (why: string): ReadQueue => {
    const words = `The queue of your last visit cannot be read (${why}). Queue its runs again.`;
    return { queue: emptyQueue, problem: { message: words, where: 'queue' } };
  };
  const data = parseJson(text, bounds);
  if (!data.ok) return refuse(`it ${data.error.message}`);
  const parsed = v.safeParse(schema, data.value);
  if (!parsed.success) return refuse(issueInShort(parsed.issues[0]));
  const problems: string[] = [];
  const entries = parsed.output.entries.flatMap(({ id, title, group, experiment, replay, state }): QueueEntry[] => {
    const read = parseExperiment(experiment);
    const repeated = replay === undefined ? ok(undefined) : parseReplay(replay, 'the queue');
    if (read.ok && repeated.ok)
      return [{ id, title, group, experiment: read.value, replay: repeated.value, state: afterReload(state) }];
    const problem = read.ok ? repeated : read;
    if (!problem.ok) problems.push(`"${title}" of the queue was left out: ${problem.error.message}`);
    return [];
  });
  const queue: RunQueue = { entries, mode: 'held' };
  return {
    queue: nextInTurn(queue) === undefined ? queue : { ...queue, mode: 'offered' },
    problem: problems.length === 0 ? undefined : { message: problems.join(' '), where: 'queue' },
  };
}

/** A run that was being opened has not begun; one under way can be resumed. */
function afterReload(state: v.InferOutput<typeof stateSchema>): EntryState {
  if (state.kind !== 'running') return state;
  return state.run === undefined ? { kind: 'waiting' } : { kind: 'interrupted', run: state.run };
}
