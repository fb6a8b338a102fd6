import { expectOk } from '../../src/base/result.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { countMultiplyAdds } from '../../src/trainer/calibration.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Case, Row } from '../bench.ts';
import { median } from './median.ts';

const warmUp = 3;
const counted = 9;

/** Time of one training step on WASM, warm, and where it goes: every node kind of the graph. */
export const stepCase: Case = async (note) => {
  const rows: Row[] = [];
  for (const [preset, batch] of [
    ['bp/resnet8', 32],
    ['quick', 32],
    ['bp/resnet32', 32],
  ] as const) {
    note(preset);
    const experiment = { ...expectOk(presetExperiment(preset)), batch, data: 'synthetic', probes: false } as const;
    const plain = await timeSteps(experiment, false);
    const profiled = await timeSteps(experiment, true);
    rows.push({
      case: `${preset}, batch ${batch}`,
      part: 'whole step',
      milliseconds: plain.milliseconds.toFixed(0),
      'GFLOP/s': plain.rate.toFixed(1),
    });
    for (const [kind, milliseconds] of profiled.kinds) {
      rows.push({ case: '', part: kind, milliseconds: milliseconds.toFixed(1), 'GFLOP/s': '' });
    }
  }
  return rows;
};

async function timeSteps(experiment: Experiment, profile: boolean) {
  const executor = expectOk(await createTfjsExecutor({ backend: 'wasm', profile }));
  const data = createSynthetic(1, { train: 500, test: 10 });
  const training = expectOk(await Training.open(experiment, data, executor));
  const times: number[] = [];
  for (let step = 0; step < warmUp + counted; step++) {
    if (step === warmUp) executor.resetProfile();
    const started = performance.now();
    expectOk(await training.step());
    if (step >= warmUp) times.push(performance.now() - started);
  }
  const milliseconds = median(times);
  const kinds = [...(executor.profile?.byKind ?? [])].map(([kind, total]) => [kind, total / counted] as const);
  const rate = (2 * countMultiplyAdds(training.trainGraph)) / milliseconds / 1e6;
  training.dispose();
  return { milliseconds, rate, kinds: kinds.sort((a, b) => b[1] - a[1]) };
}
