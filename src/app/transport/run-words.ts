import type { Experiment } from '../../experiment/experiment.ts';
import type { Progress, RunStatus } from '../../worker/protocol.ts';
import { formatSeconds, unknown } from '../look/format.ts';

/** "epoch 2 of 5": the epoch under way, counted from 1. */
export function epochInWords({ step, totalSteps, stepsPerEpoch }: Progress): string {
  const epochs = Math.ceil(totalSteps / stepsPerEpoch);
  return `epoch ${Math.min(epochs, Math.floor(step / stepsPerEpoch) + 1)} of ${epochs}`;
}

/** Share of the run that is done, 0 to 1. */
export const shareDone = ({ step, totalSteps }: Progress): number => (totalSteps > 0 ? step / totalSteps : 0);

/** Paces for the transport, each with its name; estimates are marked. */
export function paces(progress: Progress | undefined): readonly { readonly name: string; readonly value: string }[] {
  // Before the first step the worker can only estimate.
  const about = progress !== undefined && progress.step === 0 ? '\u2248 ' : '';
  const shown = (seconds: number | undefined) => (seconds === undefined ? unknown : about + formatSeconds(seconds));
  return [
    { name: 'per step', value: shown(progress?.secondsPerStep) },
    { name: 'per epoch', value: shown(progress?.secondsPerEpoch) },
    { name: 'to the end', value: shown(progress?.secondsLeft) },
  ];
}

/** What the browser's tab says. */
export function titleOf(status: RunStatus, progress: Progress | undefined): string {
  const percent = progress === undefined ? '' : ` ${Math.floor(shareDone(progress) * 100)}\u00a0%`;
  const sign = {
    running: '\u25b6',
    evaluating: '\u25b6',
    paused: '\u23f8',
    finished: '\u2713',
    failed: '\u26a0',
    preparing: '\u2026',
  };
  const moved = progress !== undefined && progress.step > 0 && status !== 'finished';
  return `${sign[status]} ${status}${moved ? percent : ''} \u00b7 HPFF Playground`;
}

/** Seconds from which a run is worth making smaller. */
export const longRun = 3600;

/** Fewer epochs that take about half an hour, if three or more do; undefined where only a smaller network or set helps. */
export function fewerEpochs(
  { epochs }: Pick<Experiment, 'epochs'>,
  secondsPerEpoch: number | undefined,
): number | undefined {
  if (secondsPerEpoch === undefined || secondsPerEpoch <= 0) return undefined;
  const fitting = Math.floor(longRun / 2 / secondsPerEpoch);
  return fitting >= 3 && fitting < epochs ? fitting : undefined;
}

/** Training images with which the whole run takes about half an hour, in hundreds; undefined where too few would be left to learn from. */
export function fewerImages(trainCount: number, secondsOfRun: number): number | undefined {
  const fitting = Math.floor((trainCount * longRun) / 2 / secondsOfRun / 100) * 100;
  return fitting >= 1000 && fitting < trainCount ? fitting : undefined;
}
