import { fail, ok, type Result } from '../base/result.ts';
import { effectOf } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { dueChange } from '../runs/replay.ts';
import type { Training } from '../trainer/training.ts';
import type { RunRecorder } from './run-recorder.ts';

/** Whether a change of the run that is repeated is to be made before the next step. */
export const isChangeDue = (training: Training, recorder: RunRecorder): boolean =>
  dueChange(recorder.record.replay, training.position.step) !== undefined;

/**
 * Makes the changes of the run that is repeated whose step has come, and notes them as changes of this run. Call it while no step is under
 * way.
 *
 * @param allow asked before each
 * @returns owners of parameters that started anew. Errors: a change that is not possible here; those before it were made.
 */
export async function makeDueChanges(
  training: Training,
  recorder: RunRecorder,
  allow: (experiment: Experiment) => Result<void> = () => ok(undefined),
): Promise<Result<readonly string[]>> {
  const startedAnew = new Set<string>();
  for (;;) {
    const { step } = training.position;
    const due = dueChange(recorder.record.replay, step);
    if (due === undefined) return ok([...startedAnew]);
    const before = training.experiment;
    const made = await makeChange(training, { ...before, ...due.change }, allow);
    if (!made.ok)
      return fail(`The recorded change of step ${due.step} cannot be made. ${made.error.message}`, 'replay');
    recorder.replayed(step, before, training.experiment);
    for (const owner of made.value) startedAnew.add(owner);
  }
}

async function makeChange(
  training: Training,
  wanted: Experiment,
  allow: (experiment: Experiment) => Result<void>,
): Promise<Result<readonly string[]>> {
  const parsed = parseExperiment(wanted);
  if (!parsed.ok) return parsed;
  const effect = effectOf(training.experiment, parsed.value);
  if (effect === undefined) return ok([]);
  if (effect === 'restarts') return fail('It changes a field that no run can change while it is trained.', 'changes');
  const allowed = allow(parsed.value);
  if (!allowed.ok) return allowed;
  if (effect === 'rebuilds') return training.rebuild(parsed.value);
  training.setScalars(parsed.value);
  return ok([]);
}
