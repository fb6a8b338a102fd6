import { permutation, randomStream } from '../../src/base/random.ts';
import { expectOk } from '../../src/base/result.ts';
import { openDataset } from '../../src/cli/train/data-folder.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Case, Row } from '../bench.ts';

const steps = 600;
const folder = '../shared/data/cifar-10';

/** With shuffled training labels nothing can be learned: accuracy on all test images must stay at chance, 10 %. */
export const shuffledCase: Case = async (note) => {
  const data = shuffleLabels(expectOk(await openDataset('cifar-10', folder)));
  const rows: Row[] = [];
  for (const preset of ['bp/resnet8', 'quick']) {
    note(preset);
    const experiment = {
      ...expectOk(presetExperiment(preset)),
      batch: 32,
      learningRate: 0.05,
      schedule: 'cosine-step',
      data: 'cifar-10',
      probes: false,
    } as const;
    const executor = expectOk(await createTfjsExecutor({ backend: 'wasm' }));
    const training = expectOk(await Training.open(experiment, data, executor, { totalSteps: steps }));
    while (!training.finished) expectOk(await training.step());
    const measured = expectOk(await training.evaluate('test'));
    rows.push({
      experiment: preset,
      steps,
      'test images': data.test.count,
      'test accuracy (%)': (100 * (measured?.final.accuracy ?? Number.NaN)).toFixed(2),
    });
    training.dispose();
    executor.dispose();
  }
  return rows;
};

function shuffleLabels(data: Dataset): Dataset {
  const order = permutation(data.train.count, randomStream(1, 'shuffled labels'));
  const labels = Uint16Array.from(order, (index) => data.train.labels[index] as number);
  return { ...data, train: { ...data.train, labels } };
}
