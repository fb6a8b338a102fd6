import type { Experiment } from '../../experiment/experiment.ts';
import type { Replay } from '../../runs/replay.ts';

/** Where a run of the queue stands. */
export type EntryState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly run: string | undefined }
  /** Its page was closed while it had its turn: it is resumed at its next one. */
  | { readonly kind: 'interrupted'; readonly run: string }
  | { readonly kind: 'done'; readonly run: string }
  /** It could not be opened. */
  | { readonly kind: 'refused'; readonly message: string }
  /** It was opened and did not come to its end. */
  | { readonly kind: 'stopped'; readonly run: string; readonly message: string };

/** A run that waits for its turn, has it, or had it. */
export interface QueueEntry {
  readonly id: number;
  readonly title: string;
  /** The sweep it belongs to. */
  readonly group: string | undefined;
  readonly experiment: Experiment;
  /** The recorded run that it repeats, if any. */
  readonly replay?: Replay | undefined;
  readonly state: EntryState;
}

/** Runs one after another. */
export interface RunQueue {
  readonly entries: readonly QueueEntry[];
  /**
   * `going`: the next one starts when one has ended. `afterLive`: the first one starts when the live run has. `offered`: held since an earlier
   * visit, and the user was not asked yet.
   */
  readonly mode: 'held' | 'offered' | 'afterLive' | 'going';
}

export const emptyQueue: RunQueue = { entries: [], mode: 'held' };

export type NewEntry = Omit<QueueEntry, 'id' | 'state'>;

/**
 * Adds runs at the end. Where none was waiting, the queue begins: at once, or after the live run where that is training. A queue that is held
 * with runs in it stays so.
 */
export function enqueue(queue: RunQueue, added: readonly NewEntry[], liveTrains: boolean): RunQueue {
  const first = Math.max(0, ...queue.entries.map(({ id }) => id)) + 1;
  const entries = added.map(
    (entry, index): QueueEntry => ({ ...entry, id: first + index, state: { kind: 'waiting' } }),
  );
  const under = nextInTurn(queue) !== undefined || runningEntry(queue) !== undefined;
  return {
    entries: [...queue.entries, ...entries],
    mode: under || added.length === 0 ? queue.mode : liveTrains ? 'afterLive' : 'going',
  };
}

/** Entries of another queue behind those of one; it begins by itself where the first would have. */
export function joinQueues(queue: RunQueue, other: RunQueue): RunQueue {
  if (queue.entries.length === 0) return other;
  const last = Math.max(...queue.entries.map(({ id }) => id));
  const entries = other.entries.map((entry, index) => ({ ...entry, id: last + 1 + index }));
  const idle = nextInTurn(queue) === undefined && runningEntry(queue) === undefined;
  return { entries: [...queue.entries, ...entries], mode: idle ? other.mode : queue.mode };
}

/** Whether its turn is still to come. */
export const isToCome = ({ state }: QueueEntry): boolean => state.kind === 'waiting' || state.kind === 'interrupted';

/** The one whose turn is next. */
export const nextInTurn = ({ entries }: RunQueue): QueueEntry | undefined => entries.find(isToCome);

export const runningEntry = ({ entries }: RunQueue): QueueEntry | undefined =>
  entries.find(({ state }) => state.kind === 'running');

export const withState = (queue: RunQueue, id: number, state: EntryState): RunQueue => ({
  ...queue,
  entries: queue.entries.map((entry) => (entry.id === id ? { ...entry, state } : entry)),
});

/** Moves a run that is to come before or after the one beside it; others keep their places. */
export function moveEntry(queue: RunQueue, id: number, by: -1 | 1): RunQueue {
  const waiting = queue.entries.filter(isToCome);
  const place = waiting.findIndex((entry) => entry.id === id);
  const one = waiting[place];
  const other = waiting[place + by];
  if (one === undefined || other === undefined) return queue;
  const swapped = (entry: QueueEntry) => (entry === one ? other : entry === other ? one : entry);
  return { ...queue, entries: queue.entries.map(swapped) };
}

/** Takes a run out; the one that is running stays. */
export const removeEntry = (queue: RunQueue, id: number): RunQueue => ({
  ...queue,
  entries: queue.entries.filter((entry) => entry.id !== id || entry.state.kind === 'running'),
});

/** Takes out all whose turn is still to come. */
export const withoutWaiting = (queue: RunQueue): RunQueue => ({
  ...queue,
  entries: queue.entries.filter((entry) => !isToCome(entry)),
});

/** Takes out all that had their turn. */
export const withoutEnded = (queue: RunQueue): RunQueue => ({
  ...queue,
  entries: queue.entries.filter((entry) => isToCome(entry) || entry.state.kind === 'running'),
});
