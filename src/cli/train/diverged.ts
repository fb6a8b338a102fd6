import type { Problem } from '../../base/result.ts';

/** How a run on the command line stands when it diverges. */
export interface Diverged {
  /** The step whose numbers are none. */
  readonly step: number;
  readonly learningRate: number;
  readonly out: string;
  /** Step of the newest checkpoint in the folder. */
  readonly keptStep: number | undefined;
}

/** That a run has diverged, where, and the ways on from the command line, which has no run to reset. */
export function divergedInWords({ where }: Problem, { step, learningRate, out, keptStep }: Diverged): string {
  const place = where === undefined ? '' : ` of ${where}`;
  const kept =
    keptStep === undefined
      ? 'No checkpoint had been written; --checkpoint-every SECONDS writes them while a run is trained.'
      : `Its last checkpoint, of step ${keptStep}, is kept: --resume ${out} goes on from there, at the same learning rate.`;
  return [
    `At step ${step} a loss or gradient${place} is no longer a number: training has diverged.`,
    `Train it again with a learning rate below ${learningRate}: --set learningRate=NUMBER, and --overwrite or another --out.`,
    kept,
  ].join(' ');
}
