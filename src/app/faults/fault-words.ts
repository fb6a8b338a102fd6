import type { Fault } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { formatWhole } from '../look/format.ts';

/** What happened, in a few words. */
export function titleOfFault(fault: Fault | undefined): string {
  switch (fault) {
    case 'diverged':
      return 'Training diverged';
    case 'device-lost':
      return 'The GPU device was lost';
    case 'worker-lost':
      return 'The training worker stopped';
    case 'out-of-memory':
      return 'Not enough memory on the GPU';
    case 'over-budget':
      return 'More than your memory budget';
    case 'storage-full':
      return 'Storage is full';
    case undefined:
      return 'The run stopped';
  }
}

/**
 * What is kept of a run that stopped.
 *
 * @param step steps done
 * @param keptStep step of its last checkpoint
 */
export function keptInWords(step: number, keptStep: number | undefined, fault: Fault | undefined): string {
  if (keptStep === undefined)
    return step === 0
      ? 'Nothing was trained yet.'
      : 'No checkpoint was due yet: the run begins again at its first step.';
  const kept = `Weights, optimiser and measurements as of step ${formatWhole(keptStep)}.`;
  const later = step - keptStep;
  if (later <= 0) return `${kept} Nothing is lost.`;
  if (fault === 'diverged') return `${kept} What came after it led astray.`;
  const steps = later === 1 ? 'The step' : `The ${formatWhole(later)} steps`;
  return `${kept} ${steps} after it will be done again, with the same numbers.`;
}

/**
 * A learning rate to try after training diverged: a tenth of the one that did, or of the checkpoint's where that was lower already.
 * Undefined where there is none above zero.
 */
export function lowerRate(
  { experiment, changes }: Pick<RunRecord, 'experiment' | 'changes'>,
  keptStep: number | undefined,
): number | undefined {
  const rateUntil = (step: number): number =>
    changes
      .filter((change) => change.step < step)
      .reduce((rate, { change }) => change.learningRate ?? rate, experiment.learningRate);
  const rate = Math.min(rateUntil(keptStep ?? 0), rateUntil(Number.POSITIVE_INFINITY)) / 10;
  return rate > 0 ? Number(rate.toPrecision(2)) : undefined;
}

/** The fields of an offered experiment that differ from the running one. */
export function changeTo(running: Experiment, offered: Readonly<Record<string, unknown>>): Partial<Experiment> {
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(running[name as keyof Experiment]);
  // The store checks every field again.
  return Object.fromEntries(Object.entries(offered).filter(differs)) as Partial<Experiment>;
}
