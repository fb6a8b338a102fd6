import { expectOk } from '../../src/base/result.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { configurationOf } from '../../src/methods/configuration.ts';
import { planStep } from '../../src/methods/preview.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Prepared } from './engine.ts';

/** A run of this project's trainer on an executor, as the page and the command line do it, evaluation compiled. */
export async function prepareTraining(executor: Executor, experiment: Experiment): Promise<Prepared> {
  const data = createSynthetic(1, { train: Math.max(500, 2 * experiment.batch), test: 10 });
  const plan = planStep(configurationOf(experiment, data.format));
  const training = expectOk(await Training.open(experiment, data, executor));
  executor.resetPeak();
  return {
    run: async () => expectOk(await training.step()).final.loss,
    // The third step of the WebGPU executor is measured kernel by kernel.
    warmUp: 3,
    multiplyAdds: plan.multiplyAdds,
    images: experiment.batch,
    plannedBytes: executor.bytes().kind === 'planned' ? plan.peakBytes : undefined,
    ownBytes: () => executor.bytes().peak,
    remarks: [],
    dispose: () => training.dispose(),
  };
}
