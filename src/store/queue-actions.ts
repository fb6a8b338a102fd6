import type { RunListActions } from './run-list-actions.ts';
import type { Shared } from './shared.ts';
import { isGoing, type PlaygroundState, statusOf } from './state.ts';
import {
  type EntryState,
  enqueue,
  moveEntry,
  type NewEntry,
  nextInTurn,
  type QueueEntry,
  type RunQueue,
  removeEntry,
  runningEntry,
  withoutEnded,
  withoutWaiting,
  withState,
} from './sweep/queue.ts';

export interface QueueActions {
  /** Lets runs train one after another; see `enqueue` for when the first begins. */
  addToQueue(entries: readonly NewEntry[]): void;
  /** Holds the run under way, and starts none. */
  holdQueue(): void;
  /** Goes on with the run under way or the next one; a live run that is training is paused for it. */
  startQueue(): void;
  /** Lets the queue of an earlier visit rest; it stays in its list. */
  postponeQueue(): void;
  /** Takes out what waits, and holds the run under way: it stays as far as it came. */
  cancelQueue(): void;
  moveQueued(id: number, by: -1 | 1): void;
  removeQueued(id: number): void;
  clearEnded(): void;
}

/** Runs one after another in the worker: each is opened, played to its end, and followed by the next, whatever became of it. */
export function createQueueActions(
  { client, get, set, watch, report, show, open }: Shared,
  { resumeRun }: Pick<RunListActions, 'resumeRun'>,
): QueueActions {
  const update = (change: (queue: RunQueue) => RunQueue) => set({ queue: change(get().queue) });
  const mark = (entry: QueueEntry, state: EntryState) => update((queue) => withState(queue, entry.id, state));
  let opening = false;

  const begin = async (entry: QueueEntry): Promise<void> => {
    opening = true;
    if (entry.state.kind === 'interrupted') await goOn(entry, entry.state.run);
    else await beginAnew(entry);
    opening = false;
    turn();
  };

  const play = async (entry: QueueEntry, run: string): Promise<void> => {
    mark(entry, { kind: 'running', run });
    const playing = await client.request({ kind: 'play' });
    if (!playing.ok) mark(entry, { kind: 'stopped', run, message: playing.error.message });
  };

  /** Where it cannot be resumed, as when another tab has it, the user decides; the others must not train beside it. */
  const goOn = async (entry: QueueEntry, run: string): Promise<void> => {
    const resumed = get().run?.id === run || (await resumeRun(run)).ok;
    if (resumed) return play(entry, run);
    update((queue) => ({ ...queue, mode: 'held' }));
  };

  const beginAnew = async (entry: QueueEntry): Promise<void> => {
    mark(entry, { kind: 'running', run: undefined });
    const { experiment, held } = get();
    // What the controls show is what is opened: a difference would count as an edit of it.
    show(entry.experiment, { held: false, refusals: {}, alsoChanged: [] });
    const { group, replay } = entry;
    // What repeats a run is trained on that run's executor.
    const executor = replay === undefined ? get().executor : 'auto';
    const opened = await open(entry.experiment, executor, 'runs', { group, replay });
    // Said in the queue, where the next one may already be running.
    for (const place of ['runs', 'data', 'executor'] as const) report(place, undefined);
    const run = get().run?.id;
    if (!opened.ok) {
      mark(entry, { kind: 'refused', message: opened.error.message });
      show(experiment, { held });
    } else if (run !== undefined) await play(entry, run);
  };

  /** Called at every event of the worker: ends what has ended, and begins what is next. */
  const turn = (): void => {
    if (opening || get().opening) return;
    const current = runningEntry(get().queue);
    if (current !== undefined) {
      const ended = endOf(current, get());
      if (ended === undefined) return;
      mark(current, ended.state);
      if (ended.replaced) update((queue) => ({ ...queue, mode: 'held' }));
    }
    const { queue } = get();
    const status = statusOf(get());
    if (queue.mode === 'held' || queue.mode === 'offered' || isGoing(status) || status === 'preparing') return;
    if (queue.mode === 'afterLive' && status === 'paused' && current === undefined) return;
    const next = nextInTurn(queue);
    update((now) => ({ ...now, mode: next === undefined ? 'held' : 'going' }));
    if (next !== undefined) void begin(next);
  };
  client.subscribe(turn);
  // A run that was being prepared when the queue was asked to begin says nothing more once it is ready; it is made the live one first.
  watch((now, before) => before.opening && !now.opening && queueMicrotask(turn));

  const pause = async () => {
    if (isGoing(statusOf(get()))) await client.request({ kind: 'pause' });
  };

  return {
    addToQueue(entries) {
      update((queue) => enqueue(queue, entries, isGoing(statusOf(get()))));
      turn();
    },
    holdQueue() {
      update((queue) => ({ ...queue, mode: 'held' }));
      if (runningEntry(get().queue) !== undefined) void pause();
    },
    async startQueue() {
      update((queue) => ({ ...queue, mode: 'going' }));
      if (runningEntry(get().queue) !== undefined) void client.request({ kind: 'play' });
      else await pause();
      turn();
    },
    postponeQueue: () => update((queue) => ({ ...queue, mode: 'held' })),
    cancelQueue() {
      const current = runningEntry(get().queue);
      update((queue) => ({ ...withoutWaiting(queue), mode: 'held' }));
      if (current?.state.kind !== 'running' || current.state.run === undefined) return;
      mark(current, { kind: 'stopped', run: current.state.run, message: 'Cancelled; it can be resumed.' });
      void pause();
    },
    moveQueued: (id, by) => update((queue) => moveEntry(queue, id, by)),
    removeQueued: (id) => update((queue) => removeEntry(queue, id)),
    clearEnded: () => update(withoutEnded),
  };
}

/** What became of the run under way; undefined while it goes on. `replaced`: another run is live, so that the queue has to wait. */
function endOf(
  { state }: QueueEntry,
  page: PlaygroundState,
): { readonly state: EntryState; readonly replaced: boolean } | undefined {
  if (state.kind !== 'running' || state.run === undefined) return undefined;
  const { run } = state;
  if (page.run?.id !== run) {
    return { state: { kind: 'stopped', run, message: 'Another run was opened in its place.' }, replaced: true };
  }
  const status = statusOf(page);
  if (status === 'finished') return { state: { kind: 'done', run }, replaced: false };
  const { failure } = page.problems;
  // A lost device or worker is brought back by the page, or by the user; the next run would not fare better.
  if (status !== 'failed' || failure?.fault === 'device-lost' || failure?.fault === 'worker-lost') return undefined;
  const message = failure?.message ?? 'It stopped by itself.';
  return { state: { kind: 'stopped', run, message }, replaced: false };
}
