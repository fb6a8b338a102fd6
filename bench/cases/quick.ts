import { expectOk } from '../../src/base/result.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { median } from '../median.ts';

/** The preset `quick` on WASM: time to the first step, and how far the final training loss is down at the end. */
export async function measureQuick(
  measurement: Measurement,
  { seconds }: Extract<Subject, { kind: 'quick' }>,
): Promise<Finding[]> {
  const experiment = expectOk(presetExperiment('quick'));
  const data = createSynthetic(1);
  const executor = expectOk(await createTfjsExecutor({ backend: 'wasm' }));
  const training = expectOk(await Training.open(experiment, data, executor));
  const started = performance.now();
  const times: number[] = [];
  const losses: number[] = [];
  while (performance.now() - started < seconds * 1000 && !training.finished) {
    const began = performance.now();
    losses.push(expectOk(await training.step()).final.loss);
    times.push(performance.now() - began);
  }
  const last = losses.slice(-20);
  const mean = last.reduce((sum, loss) => sum + loss, 0) / last.length;
  const milliseconds = median(times);
  return [
    {
      ...emptyFinding(measurement, `quick, ${seconds} s`),
      milliseconds,
      imagesPerSecond: (1000 * experiment.batch) / milliseconds,
      note: `first step after ${((times[0] ?? 0) / 1000).toFixed(2)} s; ${losses.length} steps; loss ${losses[0]?.toFixed(3)}, mean of the last 20 ${mean.toFixed(3)}`,
    },
  ];
}
