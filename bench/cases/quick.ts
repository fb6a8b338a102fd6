import { expectOk } from '../../src/base/result.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Case } from '../bench.ts';

const seconds = 30;

/** The preset `quick` on WASM: time to the first step, and how far the final training loss is down after 30 seconds. */
export const quickCase: Case = async () => {
  const experiment = expectOk(presetExperiment('quick'));
  const drawn = performance.now();
  const data = createSynthetic(1);
  const dataSeconds = (performance.now() - drawn) / 1000;
  const executor = expectOk(await createTfjsExecutor({ backend: 'wasm' }));
  const training = expectOk(await Training.open(experiment, data, executor));
  const started = performance.now();
  let first: number | undefined;
  let firstStep = 0;
  let mean = 0;
  while (performance.now() - started < seconds * 1000 && !training.finished) {
    const { final } = expectOk(await training.step());
    if (first === undefined) {
      first = final.loss;
      mean = first;
      firstStep = (performance.now() - started) / 1000;
    }
    mean += (final.loss - mean) / 20;
  }
  return [
    {
      'data set (s)': dataSeconds.toFixed(2),
      'first step (s)': firstStep.toFixed(2),
      'steps in 30 s': training.position.step,
      'first loss': (first ?? Number.NaN).toFixed(3),
      'mean loss over 20 steps': mean.toFixed(3),
      share: (mean / (first ?? Number.NaN)).toFixed(2),
    },
  ];
};
