import { failWith, ok, type Result } from '../base/result.ts';
import { guardLabel } from '../methods/train-graph.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { MetricSums } from './measure.ts';

/** Errors: a loss of the step is no number, or the guard has stopped it; in words that name step and module. */
export function checkFinite(measurement: Measurement, sums: MetricSums): Result<Measurement> {
  const { phase, modules, final, step } = measurement;
  const stopped = sums.get(guardLabel)?.[0] ?? 0;
  const broken = modules.findIndex(({ independent, cascade, reconstruction }) =>
    [independent?.loss, cascade?.loss, reconstruction].some((loss) => loss !== undefined && !Number.isFinite(loss)),
  );
  if (broken < 0 && Number.isFinite(final.loss) && stopped === 0) return ok(measurement);
  const lossOf = broken >= 0 ? `module ${broken}` : Number.isFinite(final.loss) ? undefined : 'the head';
  const place = lossOf ?? `module ${stopped - 1}`;
  const loss = phase === 'train' ? 'the loss' : `the ${phase} loss`;
  const what = lossOf === undefined ? `a gradient of ${place}` : `${loss} of ${place}`;
  return diverged(step, `${what} is no longer a number`, place);
}

/** A run whose numbers are none any more: at which step, what was found, in which place of the network. */
export const diverged = (step: number, found: string, place: string): Result<never> =>
  failWith(
    'diverged',
    `At step ${step} ${found}: training has diverged. Lower the learning rate, then go on from the last checkpoint or reset.`,
    place,
  );
