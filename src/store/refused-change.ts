import type { Problem } from '../base/result.ts';
import { changedFields } from '../experiment/changes.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { edit } from './edit.ts';

/** What to show after the worker refused a change that the page thought possible. */
export interface RefusedChange {
  /** The controls' experiment with the refused fields back at what runs. */
  readonly experiment: Experiment;
  readonly refusals: Readonly<Partial<Record<FieldName, string>>>;
  /** The reason, where it names none of the changed fields. */
  readonly problem: Problem | undefined;
}

/**
 * Takes the refused fields back to what runs; what waits for a new run goes on waiting.
 *
 * @param shown what the controls show now
 * @param running the live run's experiment
 * @param wanted what was asked of the worker
 */
export function takeBack(shown: Experiment, running: Experiment, wanted: Experiment, reason: Problem): RefusedChange {
  const refused = changedFields(running, wanted);
  // What has ways on is said with them, above the fields.
  const field = reason.remedies === undefined ? refused.find((name) => name === reason.where) : undefined;
  const back = edit(shown, Object.fromEntries(refused.map((name) => [name, running[name]])));
  return {
    experiment: back.ok ? back.value.experiment : running,
    refusals: field === undefined ? {} : { [field]: reason.message },
    problem: field === undefined ? reason : undefined,
  };
}
