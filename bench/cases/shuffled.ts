import { permutation, randomStream } from '../../src/base/random.ts';
import { expectOk } from '../../src/base/result.ts';
import { openDataset } from '../../src/cli/train/data-folder.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { benchExperiment } from './experiment.ts';

/** With shuffled training labels nothing can be learned: accuracy on all test images must stay at chance, 10 %. */
export async function measureShuffled(
  measurement: Measurement,
  { preset, batch, steps }: Extract<Subject, { kind: 'shuffled' }>,
  folder: string | undefined,
): Promise<Finding[]> {
  if (folder === undefined) throw new Error('it needs CIFAR-10: give the folder of its files with --data');
  const data = shuffleLabels(expectOk(await openDataset({ data: 'cifar-10', resolution: 32 }, folder)));
  const experiment = { ...benchExperiment(preset, batch), data: 'cifar-10', schedule: 'cosine-step' } as const;
  const executor = expectOk(await createTfjsExecutor({ backend: 'wasm' }));
  const training = expectOk(await Training.open(experiment, data, executor, { totalSteps: steps }));
  while (!training.finished) expectOk(await training.step());
  const accuracy = expectOk(await training.evaluate('test'))?.final.accuracy ?? Number.NaN;
  return [
    {
      ...emptyFinding(measurement, `${preset}, shuffled labels`),
      note: `test accuracy ${(100 * accuracy).toFixed(2)} % after ${steps} steps, on ${data.test.count} images`,
    },
  ];
}

function shuffleLabels(data: Dataset): Dataset {
  const order = permutation(data.train.count, randomStream(1, 'shuffled labels'));
  const labels = Uint16Array.from(order, (index) => data.train.labels[index] as number);
  return { ...data, train: { ...data.train, labels } };
}
