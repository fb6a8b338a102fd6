import { neverBegan, type RunRecord } from '../../runs/run-record.ts';

export interface LiveState {
  readonly id: string;
  readonly status: string;
}

/** Where a run stands, in a word or two. */
export function runStateInWords(run: RunRecord, live: LiveState | undefined): string {
  if (live?.id === run.id) return live.status;
  return neverBegan(run) ? 'not begun' : run.summary.state;
}
