import { problemOfLocks } from '../experiment/limits.ts';
import { replayOf } from '../runs/replay.ts';
import { experimentNow, type RunRecord } from '../runs/run-record.ts';
import type { QueueActions } from './queue-actions.ts';
import type { Shared } from './shared.ts';

export interface ReplayActions {
  /**
   * Queues a run that repeats another from its first experiment on, its changes made at their steps.
   *
   * @param name what that run is called on the page
   */
  replayRun(record: RunRecord, name: string): void;
  /** Leaves a record that was given as a file, and offered to be repeated. */
  dismissRecord(): void;
}

/** Repeating runs, of the list or of files. */
export function createReplayActions(
  { get, set, report }: Shared,
  { addToQueue }: Pick<QueueActions, 'addToQueue'>,
): ReplayActions {
  return {
    replayRun(record, name) {
      const { limits, fileRuns, view } = get();
      // What is locked from outside is locked for every stretch of it.
      const stretches = record.changes.map((_, index) =>
        experimentNow({ ...record, changes: record.changes.slice(0, index + 1) }),
      );
      const locked = [record.experiment, ...stretches]
        .map((experiment) => problemOfLocks(limits, experiment))
        .find((problem) => problem !== undefined);
      if (locked !== undefined) return report(view === 'compare' ? 'runs' : 'import', locked);
      const file = fileRuns.find((run) => run.record.id === record.id);
      addToQueue([
        {
          title: `Replay of ${name}`,
          group: undefined,
          experiment: record.experiment,
          replay: replayOf({ ...record, id: file?.id ?? record.id }, name),
        },
      ]);
    },
    dismissRecord: () => set({ givenRecord: undefined }),
  };
}
