import { testBatchCount } from '../datasets/sampling.ts';
import { countMultiplyAdds } from '../trainer/calibration.ts';
import type { Runner } from '../trainer/runner.ts';
import type { Training } from '../trainer/training.ts';
import type { ChosenExecutor } from './executors.ts';
import type { Progress, RunStatus } from './protocol.ts';

/** Position and pace of a run. Before its first step the pace is estimated from arithmetic and the executor's trial. */
export function progressOf(
  training: Training,
  runner: Runner,
  chosen: ChosenExecutor,
  status: RunStatus,
): Omit<Progress, 'keptStep'> {
  const { step, totalSteps, stepsPerEpoch } = training.position;
  const secondsPerStep = runner.secondsPerStep ?? estimatedStep(training, chosen.rate);
  const { evaluateEvery, batch } = training.experiment;
  const evaluation =
    runner.secondsPerEvaluation ??
    // Forward alone is about a third of a step of back-propagation.
    (secondsPerStep === undefined
      ? undefined
      : (testBatchCount(training.dataset.test.count, batch) * secondsPerStep) / 3);
  const epoch = (secondsPerStep ?? Number.NaN) * stepsPerEpoch;
  const perEpoch = epoch + (evaluateEvery > 0 ? (evaluation ?? 0) / evaluateEvery : 0);
  const left = (perEpoch * (totalSteps - step)) / stepsPerEpoch;
  const bytes = chosen.executor.bytes();
  return {
    status,
    step,
    totalSteps,
    stepsPerEpoch,
    secondsPerStep,
    secondsPerEpoch: Number.isFinite(perEpoch) ? perEpoch : undefined,
    secondsLeft: Number.isFinite(left) ? left : undefined,
    heldBytes: bytes.held,
    peakBytes: bytes.peak,
    device: chosen.executor.report?.(),
  };
}

const estimatedStep = (training: Training, rate: number | undefined): number | undefined =>
  rate === undefined ? undefined : countMultiplyAdds(training.trainGraph) / rate;
