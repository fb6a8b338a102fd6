import * as v from 'valibot';
import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { parseExperiment } from '../../experiment/schema.ts';
import { type EntryState, emptyQueue, nextInTurn, type QueueEntry, type RunQueue } from './queue.ts';

const key = 'hpff-queue';

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

/** The queue kept in this browser, offered where runs of it wait; the one that was under way is interrupted. */
export function loadQueue(): ReadQueue {
  const nothing = { queue: emptyQueue, problem: undefined };
  let text: string | null;
  try {
    text = globalThis.localStorage.getItem(key);
  } catch {
    return nothing;
  }
  return text === null ? nothing : parseQueue(text);
}

/** Keeps a queue in this browser. Errors: the browser does not take it. */
export function saveQueue({ entries }: RunQueue): Result<void> {
  try {
    if (entries.length === 0) globalThis.localStorage.removeItem(key);
    else globalThis.localStorage.setItem(key, JSON.stringify({ version: 1, entries }));
    return ok(undefined);
  } catch {
    return fail('The queue cannot be stored in this browser; it lasts until the page is closed.', 'queue');
  }
}

/** Reads a stored queue. Runs whose experiments are none any more are left out, and said. */
export function parseQueue(text: string): ReadQueue {
  const parsed = v.safeParse(schema, jsonOf(text));
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? 'the whole';
    const words = `The queue of your last visit cannot be read (${where}: ${parsed.issues[0].message}). Queue its runs again.`;
    return { queue: emptyQueue, problem: { message: words, where: 'queue' } };
  }
  const problems: string[] = [];
  const entries = parsed.output.entries.flatMap(({ id, title, group, experiment, state }): QueueEntry[] => {
    const read = parseExperiment(experiment);
    if (read.ok) return [{ id, title, group, experiment: read.value, state: afterReload(state) }];
    problems.push(`"${title}" of the queue was left out: ${read.error.message}`);
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
