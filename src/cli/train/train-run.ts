import { ok, type Result } from '../../base/result.ts';
import type { Measurement } from '../../runs/measurement.ts';
import type { Breathe } from '../../runtime/executor.ts';
import { isEvaluationDue } from '../../trainer/runner.ts';
import type { Training } from '../../trainer/training.ts';

export interface TrainRunOptions {
  /** Step after which to end; the schedule may be longer. Asked anew, since a change may make the schedule another. */
  readonly last: () => number;
  /** Called before every step and after the last, while none is under way. Its error ends the run. */
  readonly betweenSteps: () => Promise<Result<void>>;
  /** Asked between steps and between test batches; where it says so, the run ends without measuring the test part. */
  readonly stopped: () => boolean;
  readonly breathe: Breathe;
  /** Told every measurement, in order. Its error ends the run. */
  readonly measured: (measurement: Measurement) => Result<void>;
}

/** Trains to the last step, measuring the test part where it is due and at the end. The last test measurement, if any. */
export async function trainRun(
  training: Training,
  { last, betweenSteps, stopped, breathe, measured }: TrainRunOptions,
): Promise<Result<Measurement | undefined>> {
  let test: Measurement | undefined;
  const evaluate = async (): Promise<Result<void>> => {
    for (const part of training.evaluatedParts) {
      const result = await training.evaluate(part, breathe, undefined, stopped);
      if (!result.ok) return result;
      if (result.value === undefined) return ok(undefined);
      if (part === 'test') test = result.value;
      const taken = measured(result.value);
      if (!taken.ok) return taken;
    }
    return ok(undefined);
  };
  const begun = await betweenSteps();
  if (!begun.ok) return begun;
  while (training.position.step < last() && !stopped()) {
    const result = await training.step(breathe);
    if (!result.ok) return result;
    const taken = measured(result.value);
    if (!taken.ok) return taken;
    const due = training.position.step === last() || isEvaluationDue(training);
    if (due && !stopped()) {
      const tested = await evaluate();
      if (!tested.ok) return tested;
    }
    // What is changed after the last step may make the schedule longer.
    const ready = await betweenSteps();
    if (!ready.ok) return ready;
  }
  return ok(test);
}
