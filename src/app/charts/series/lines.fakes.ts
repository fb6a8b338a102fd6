import { startingExperiment } from '../../../experiment/presets.ts';
import { History } from '../../../runs/history.ts';
import type { Measurement } from '../../../runs/measurement.ts';
import type { Line, ShownRun } from './line.ts';

/** A run whose final loss is given, step by step, and its test loss after some of them. */
export function fakeRun(
  name: string,
  losses: readonly number[],
  tests: Readonly<Record<number, number>> = {},
): ShownRun {
  const history = new History();
  const measurement = (phase: Measurement['phase'], step: number, loss: number): Measurement => ({
    phase,
    step,
    epoch: step / 10,
    seconds: step / 4,
    learningRate: 0.1,
    imagesPerSecond: 20,
    modules: [],
    final: { loss, accuracy: undefined },
  });
  losses.forEach((loss, index) => {
    history.add([measurement('train', index + 1, loss)]);
    const test = tests[index + 1];
    if (test !== undefined) history.add([measurement('test', index + 1, test)]);
  });
  return { id: name, name, experiment: startingExperiment, history, dash: undefined, shade: 1, colours };
}

const colours = { strong: 'black', soft: 'grey' };

/** The line of a run's final loss. */
export const lossLine = (run: ShownRun, phase: Line['phase'], label = 'loss'): Line => ({
  id: `${run.id} ${phase} ${label}`,
  run,
  label,
  phase,
  column: 'final.loss',
  colour: 'black',
  width: 2,
});
