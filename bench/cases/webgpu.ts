import { expectOk } from '../../src/base/result.ts';
import { openExecutor } from '../../src/cli/executors.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import { planStep } from '../../src/methods/preview.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Case, Row } from '../bench.ts';
import { median } from './median.ts';

/** The third step is measured kernel by kernel, and so is slower. */
const warmUp = 3;
const counted = 5;

/** Training steps on the WebGPU executor (Node with Dawn): time, rate, dispatches, and bytes as planned and as allocated. */
export const webgpuCase: Case = async (note) => {
  const executor = expectOk(await openExecutor('webgpu'));
  const rows: Row[] = [];
  let backPropagation = Number.NaN;
  for (const [preset, batch] of [
    ['bp/resnet8', 8],
    ['bp/resnet32', 32],
    ['hpff-released/resnet32-k3', 32],
    ['hpff-released/resnet32-k8', 32],
    ['hpff-released/resnet32-all', 32],
  ] as const) {
    note(preset);
    const experiment = { ...expectOk(presetExperiment(preset)), batch, data: 'synthetic', probes: false } as const;
    const { milliseconds, row } = await timeSteps(experiment, executor);
    if (preset === 'bp/resnet32') backPropagation = milliseconds;
    const ratio = milliseconds / backPropagation;
    rows.push({ case: `${preset}, batch ${batch}`, ...row, 'of BP': Number.isNaN(ratio) ? '' : ratio.toFixed(2) });
  }
  note(executor.description);
  executor.dispose();
  return rows;
};

async function timeSteps(experiment: Experiment, executor: Executor) {
  const data = createSynthetic(1, { train: 500, test: 10 });
  const training = expectOk(await Training.open(experiment, data, executor));
  const times: number[] = [];
  for (let step = 0; step < warmUp + counted; step++) {
    const started = performance.now();
    expectOk(await training.step());
    if (step >= warmUp) times.push(performance.now() - started);
  }
  const milliseconds = median(times);
  const { multiplyAdds } = planStep(training.stepConfiguration);
  const report = executor.report?.();
  training.dispose();
  return {
    milliseconds,
    row: {
      milliseconds: milliseconds.toFixed(0),
      'images/s': ((1000 * experiment.batch) / milliseconds).toFixed(1),
      'GFLOP/s': ((2 * multiplyAdds) / milliseconds / 1e6).toFixed(2),
      dispatches: report?.dispatches ?? '',
      'planned MB': ((report?.plannedBytes ?? 0) / 1e6).toFixed(1),
      'allocated MB': ((report?.allocatedBytes ?? 0) / 1e6).toFixed(1),
    },
  };
}
