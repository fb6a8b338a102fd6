import { changedFields } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';

/** Edits of the experiment that can be taken back, and those that were. */
export interface EditHistory {
  readonly past: readonly Experiment[];
  readonly future: readonly Experiment[];
  /** The fields edited last, and when: a slider being dragged is one edit. */
  readonly last: { readonly fields: string; readonly at: number } | undefined;
}

export const noEdits: EditHistory = { past: [], future: [], last: undefined };

/** Edits kept at most. */
const most = 200;
/** Milliseconds within which edits of the same fields count as one. */
const together = 1000;

/**
 * Notes an edit.
 *
 * @param before the experiment as it was
 * @param fields what was edited, the same for edits that may be taken back together
 * @param now milliseconds
 */
export function withEdit(edits: EditHistory, before: Experiment, fields: string, now: number): EditHistory {
  // A clock that was set back must not make one edit of all that follow.
  const goesOn = edits.last?.fields === fields && Math.abs(now - edits.last.at) < together && edits.past.length > 0;
  const past = goesOn ? edits.past : [...edits.past, before].slice(-most);
  return { past, future: [], last: { fields, at: now } };
}

/** The experiment to go to and what is left, or undefined where there is nothing to take back. Edits without effect are passed over. */
export function undone(
  edits: EditHistory,
  now: Experiment,
): { experiment: Experiment; edits: EditHistory } | undefined {
  const index = edits.past.findLastIndex((before) => changedFields(before, now).length > 0);
  const experiment = edits.past[index];
  if (experiment === undefined) return undefined;
  return {
    experiment,
    edits: { past: edits.past.slice(0, index), future: [now, ...edits.future], last: undefined },
  };
}

/** The experiment of the edit taken back last, or undefined where there is none. */
export function redone(
  edits: EditHistory,
  now: Experiment,
): { experiment: Experiment; edits: EditHistory } | undefined {
  const index = edits.future.findIndex((after) => changedFields(after, now).length > 0);
  const experiment = edits.future[index];
  if (experiment === undefined) return undefined;
  return {
    experiment,
    edits: { past: [...edits.past, now], future: edits.future.slice(index + 1), last: undefined },
  };
}

/** The same edits where something else than the user changed the experiment meanwhile: taking them back leaves that as it is. */
export const withChange = (edits: EditHistory, change: (experiment: Experiment) => Experiment): EditHistory => ({
  ...edits,
  past: edits.past.map(change),
  future: edits.future.map(change),
});
