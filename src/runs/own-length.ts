import type { Experiment } from '../experiment/experiment.ts';

/** A schedule's length where it is not the experiment's epochs. */
export function ownLength(totalSteps: number, stepsPerEpoch: number, { epochs }: Experiment): number | undefined {
  const own = Number.isSafeInteger(totalSteps) && totalSteps > 0 && totalSteps !== stepsPerEpoch * epochs;
  return own ? totalSteps : undefined;
}
