import type { History } from '../../runs/history.ts';

/** How far the losses of one run are, bit for bit, those of another. */
export interface SameLosses {
  /** Steps of which both have a loss. */
  readonly compared: number;
  /** First step whose losses differ; undefined where none does. */
  readonly differsAt: number | undefined;
}

/** Compares the final losses of training, step by step. */
export function sameLosses(one: History, other: History): SameLosses {
  const [steps, losses] = [one.train.read('step'), one.train.read('final.loss')];
  const [otherSteps, otherLosses] = [other.train.read('step'), other.train.read('final.loss')];
  let compared = 0;
  if (steps === undefined || losses === undefined || otherSteps === undefined || otherLosses === undefined)
    return { compared, differsAt: undefined };
  let row = 0;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as number;
    while (row < otherSteps.length && (otherSteps[row] as number) < step) row++;
    if (otherSteps[row] !== step) continue;
    if (!Object.is(losses[index], otherLosses[row])) return { compared, differsAt: step };
    compared++;
  }
  return { compared, differsAt: undefined };
}
