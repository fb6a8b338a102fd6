import type { Problem } from '../base/result.ts';
import { fromTheStart } from '../runs/replay.ts';
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

/** @param restoreWorker gives a fresh worker what the one before had: settings and images */
export function createRecovery(
  { client, get, report, open }: Pick<Shared, 'client' | 'get' | 'report' | 'open'>,
  { resumeRun }: Pick<RunListActions, 'resumeRun'>,
  restoreWorker: () => Promise<void>,
  now: () => number = () => performance.now(),
): Recovery {
  let playing = false;
  let attempts: number[] = [];

  return {
    saw(status) {
      if (status === 'running' || status === 'evaluating') playing = true;
      else if (status !== 'failed' && status !== 'preparing') playing = false;
    },
    async failed(problem) {
      const { fault } = problem;
      const { run, runs } = get();
      if ((fault !== 'device-lost' && fault !== 'worker-lost') || run === undefined) return;
      const play = playing;
      // However the clock leaps: a machine that slept for hours begins anew, one that was set back does not wait for hours.
      attempts = attempts.filter((time) => Math.abs(now() - time) < window);
      if (attempts.length >= mostAttempts) {
        const often = `This happened ${mostAttempts + 1} times within ten minutes, so going on is left to you.`;
        return report('failure', { ...problem, message: `${problem.message} ${often}` });
      }
      attempts.push(now());
      if (fault === 'worker-lost') await restoreWorker();
      const begun = (runs.find(({ id }) => id === run.id)?.summary.step ?? 0) > 0;
      if (begun) await resumeRun(run.id);
      else {
        // Nothing was trained yet, so nothing was stored.
        report('failure', undefined);
        const { experiment, name, group, replay } = run.record;
        // Changes that were made before its first step are made again by a replay, and are part of any other.
        const first = replay === undefined ? run.experiment : experiment;
        await open(first, run.executor, 'executor', { name, group, replay: replay && fromTheStart(replay) });
      }
      if (play && get().problems.failure === undefined) await client.request({ kind: 'play' });
    },
  };
}
