import type { RunRecord } from '../../runs/run-record.ts';

export interface LiveState {
  readonly id: string;
  readonly status: string;
}

/** Where a run stands, in a word or two. */
export function runStateInWords({ id, summary }: RunRecord, live: LiveState | undefined): string {
  if (live?.id === id) return live.status;
  if (summary.state !== 'unfinished') return summary.state;
  return summary.step === 0 ? 'not begun' : 'unfinished';
}
