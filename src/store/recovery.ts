import type { Problem } from '../base/result.ts';
import type { RunStatus } from '../worker/protocol.ts';
import type { RunListActions } from './run-list-actions.ts';
import type { Shared } from './shared.ts';

/** So many times within `window` the page goes on by itself; after that something is wrong here, and the user decides. */
const mostAttempts = 3;
/** Milliseconds. */
const window = 10 * 60 * 1000;

/** Brings the live run back after its device or its worker was lost. */
export interface Recovery {
  /** Told every status of the run: one that was playing plays on. */
  saw(status: RunStatus): void;
  /** Told every failure; those that are nobody's fault are mended from the last checkpoint. */
  failed(problem: Problem): Promise<void>;
}

export function createRecovery(
  { client, get, report, open }: Shared,
  { resumeRun, configure }: Pick<RunListActions, 'resumeRun' | 'configure'>,
  reloadData: () => Promise<void>,
  now: () => number = () => performance.now(),
): Recovery {
  let playing = false;
  let attempts: number[] = [];

  return {
    saw(status) {
      if (status === 'running' || status === 'evaluating') playing = true;
      else if (status !== 'failed' && status !== 'preparing') playing = false;
    },
    async failed({ fault }) {
      const { run, runs, settings } = get();
      if ((fault !== 'device-lost' && fault !== 'worker-lost') || run === undefined) return;
      const play = playing;
      attempts = attempts.filter((time) => now() - time < window);
      if (attempts.length >= mostAttempts) return;
      attempts.push(now());
      if (fault === 'worker-lost') {
        configure(settings);
        // The worker took the images with it.
        await reloadData();
      }
      const begun = (runs.find(({ id }) => id === run.id)?.summary.step ?? 0) > 0;
      if (begun) await resumeRun(run.id);
      else {
        // Nothing was trained yet, so nothing was stored.
        report('failure', undefined);
        await open(run.experiment, run.executor, 'executor');
      }
      if (play && get().problems.failure === undefined) await client.request({ kind: 'play' });
    },
  };
}
