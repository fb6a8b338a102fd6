import type { Experiment } from '../experiment/experiment.ts';

/** Where a run stands. */
export interface Position {
  /** Steps done. */
  readonly step: number;
  /** Length of the schedule. */
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
}

type ScheduleFields = Pick<Experiment, 'learningRate' | 'schedule' | 'warmup'>;

/** Learning rate of the step about to run (method.md 7). */
export function learningRateAt(experiment: ScheduleFields, position: Position): number {
  const { learningRate, schedule, warmup } = experiment;
  const { step, totalSteps, stepsPerEpoch } = position;
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'steps':
      return learningRate * (step < totalSteps / 2 ? 1 : step < totalSteps * 0.75 ? 0.1 : 0.01);
    case 'cosine-step': {
      const warm = Math.ceil(0.05 * totalSteps);
      return cosine(learningRate, step / totalSteps) * Math.min(1, step / warm);
    }
    case 'cosine-epoch': {
      const epochs = Math.ceil(totalSteps / stepsPerEpoch);
      const epoch = Math.floor(step / stepsPerEpoch) + 1;
      const rate = cosine(learningRate, epoch / epochs);
      const warm = Math.min(warmup, Math.floor(epochs / 10));
      return epoch > warm ? rate : (rate * (epoch - 1)) / warm + (0.01 * (warm + 1 - epoch)) / warm;
    }
  }
}

const cosine = (learningRate: number, share: number): number => 0.5 * learningRate * (1 + Math.cos(Math.PI * share));
