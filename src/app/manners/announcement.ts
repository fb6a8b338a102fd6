import type { Progress, RunStatus } from '../../worker/protocol.ts';
import { formatPercent } from '../look/format.ts';
import { epochInWords } from '../transport/run-words.ts';

/** What is announced of a run: where it stands, and its last test accuracy. */
export interface RunMoment {
  readonly run: string | undefined;
  readonly status: RunStatus;
  readonly progress: Progress | undefined;
  readonly accuracy: number | undefined;
  readonly evaluations: number;
}

/** What a screen reader is told when a run has moved on; undefined where that is nothing worth interrupting for. */
export function announcementOf(before: RunMoment, now: RunMoment): string | undefined {
  if (now.run !== before.run) return now.run === undefined ? undefined : 'A new run is ready.';
  const measured = now.evaluations > before.evaluations ? `test accuracy ${formatPercent(now.accuracy)}` : undefined;
  if (now.status !== before.status) {
    const where = now.progress === undefined ? '' : `, ${epochInWords(now.progress)}`;
    switch (now.status) {
      case 'running':
        // Between an evaluation and the next step nothing was begun.
        return before.status === 'evaluating' ? measuredIn(measured) : `Training${where}.`;
      case 'paused':
        return before.status === 'preparing' ? undefined : `Paused${where}.`;
      case 'finished':
        return `Finished. Test accuracy ${formatPercent(now.accuracy)}.`;
      case 'failed':
        return undefined;
      case 'preparing':
      case 'evaluating':
        return measuredIn(measured);
    }
  }
  return measuredIn(measured);
}

const measuredIn = (measured: string | undefined): string | undefined =>
  measured === undefined ? undefined : `Evaluated: ${measured}.`;
