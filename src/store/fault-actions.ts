import type { ExecutorChoice } from '../worker/protocol.ts';
import type { Change } from './edit.ts';
import type { EditActions } from './edit-actions.ts';
import type { RunListActions } from './run-list-actions.ts';
import type { Shared } from './shared.ts';

export interface FaultActions {
  /** Trains on from the live run's last checkpoint, on its own executor or another. */
  goOn(executor?: ExecutorChoice): Promise<void>;
  /** Goes back to the live run's last checkpoint and edits the experiment there; weights that fit are kept. */
  goBackWith(change: Change): Promise<void>;
}

/**
 * Ways on from a run that stopped by itself.
 *
 * @param restoreWorker gives a fresh worker what the one before had: settings and images
 */
export function createFaultActions(
  { client, get, report }: Pick<Shared, 'client' | 'get' | 'report'>,
  { resumeRun }: Pick<RunListActions, 'resumeRun'>,
  { change }: Pick<EditActions, 'change'>,
  restoreWorker: () => Promise<void>,
): FaultActions {
  /** Whether the run is back. Where it is not, why is said and the failure stays. */
  const back = async (executor?: ExecutorChoice): Promise<boolean> => {
    const { run, problems } = get();
    if (run === undefined) return false;
    if (problems.failure?.fault === 'worker-lost') await restoreWorker();
    return (await resumeRun(run.id, executor)).ok;
  };
  return {
    async goOn(executor) {
      if (!(await back(executor))) return;
      const answer = await client.request({ kind: 'play' });
      if (!answer.ok) report('transport', answer.error);
    },
    async goBackWith(edit) {
      if (await back()) change(edit);
    },
  };
}
