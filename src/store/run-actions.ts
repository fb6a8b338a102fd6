import { changedFields } from '../experiment/changes.ts';
import type { ExecutorChoice } from '../worker/protocol.ts';
import type { Shared } from './shared.ts';
import { type Place, statusOf } from './state.ts';

export interface RunActions {
  /** Starts a new run with what the controls show. */
  openNew(): void;
  /** Opens the live run's experiment again, after a failure too. */
  reopen(): void;
  chooseExecutor(executor: ExecutorChoice): void;
  playOrPause(): void;
  stepOnce(): void;
  playEpoch(): void;
  reset(): void;
  evaluate(): void;
  dismiss(place: Place): void;
}

/** The live run: opening, playing, resetting. */
export function createRunActions(
  { client, get, report, set, show, adopt, open }: Shared,
  restoreWorker: () => Promise<void>,
): RunActions {
  const ask = async (kind: 'play' | 'pause' | 'stepOnce' | 'playEpoch' | 'evaluate') => {
    report('transport', undefined);
    const answer = await client.request({ kind });
    if (!answer.ok) report('transport', answer.error);
  };

  return {
    openNew: () => void open(get().experiment, get().executor),
    reopen() {
      const { run, experiment, executor } = get();
      // A worker that stopped took settings and images with it.
      void restoreWorker().then(() => open(run?.experiment ?? experiment, executor, 'executor'));
    },
    chooseExecutor(executor) {
      set({ executor });
      const { run, progress } = get();
      // A run that has begun is not thrown away for a choice in a list: the panel offers to.
      if (run !== undefined && (progress?.step ?? 0) === 0) void open(run.experiment, executor, 'executor');
    },
    playOrPause() {
      const status = statusOf(get());
      if (status === 'running' || status === 'evaluating') void ask('pause');
      else if (status === 'paused' || status === 'finished') void ask('play');
    },
    stepOnce: () => void ask('stepOnce'),
    playEpoch: () => void ask('playEpoch'),
    evaluate: () => void ask('evaluate'),
    async reset() {
      for (const place of ['transport', 'failure'] as const) report(place, undefined);
      const answer = await client.request({ kind: 'reset' });
      if (!answer.ok) return report('transport', answer.error);
      const { experiment, held } = get();
      adopt(answer.value);
      // What waited for a new run goes on waiting.
      if (changedFields(experiment, answer.value.experiment).length > 0) show(experiment, { held });
    },
    dismiss: (place) => report(place, undefined),
  };
}
