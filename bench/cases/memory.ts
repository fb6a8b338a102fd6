import { expectOk } from '../../src/base/result.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import { configurationOf } from '../../src/methods/configuration.ts';
import { preview } from '../../src/methods/preview.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Case, Row } from '../bench.ts';

const batch = 128;
const presets = ['bp/resnet32-k1', ...['k2', 'k3', 'k4', 'k8', 'all'].map((cuts) => `hpff-released/resnet32-${cuts}`)];

/** The plan of ResNet-32 at batch 128, and beside it the highest bytes that the tfjs executor was measured to hold. */
export const memoryCase: Case = async (note) => {
  const rows: Row[] = [];
  for (const preset of presets) {
    note(preset);
    const experiment = { ...expectOk(presetExperiment(preset)), batch, data: 'synthetic', probes: false } as const;
    const executor = expectOk(await createTfjsExecutor({ backend: 'wasm' }));
    const data = createSynthetic(1, { train: 2 * batch, test: 10 });
    const plan = preview(configurationOf(experiment, data.format), experiment);
    const training = expectOk(await Training.open(experiment, data, executor));
    executor.resetPeak();
    expectOk(await training.step());
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
    rows.push({
      experiment: preset,
      'planned MB': megabytes(plan.peakBytes),
      'of BP': (plan.peakBytes / plan.bpPeakBytes).toFixed(2),
      'measured MB (tfjs-wasm)': megabytes(executor.bytes().peak),
      'multiply-adds (1e9)': (plan.multiplyAdds / 1e9).toFixed(2),
      'of BP ': (plan.multiplyAdds / plan.bpMultiplyAdds).toFixed(2),
    });
    training.dispose();
    executor.dispose();
  }
  return rows;
};
