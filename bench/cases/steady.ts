import { expectOk } from '../../src/base/result.ts';
import { openExecutor } from '../../src/cli/executors.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import { Training } from '../../src/trainer/training.ts';
import type { Case } from '../bench.ts';
import { median } from './median.ts';

const steps = 1000;

/** 1,000 steps twice with one seed on the WebGPU executor: bytes and step time stay flat, and the losses are equal. */
export const steadyCase: Case = async (note) => {
  const executor = expectOk(await openExecutor('webgpu'));
  const first = await run(executor, note);
  const second = await run(executor, note);
  executor.dispose();
  const different = first.losses.filter((loss, step) => loss !== second.losses[step]).length;
  return [first, second].map(({ times, bytes, losses }, index) => ({
    run: index + 1,
    steps,
    'first 100, ms': median(times.slice(3, 100)).toFixed(0),
    'last 100, ms': median(times.slice(-100)).toFixed(0),
    'bytes after 10': bytes[0] as number,
    'bytes after all': bytes[1] as number,
    'last loss': (losses.at(-1) as number).toFixed(6),
    'losses that differ': different,
  }));
};

async function run(executor: Executor, note: (text: string) => void) {
  const experiment = {
    ...expectOk(presetExperiment('bp/resnet8')),
    batch: 8,
    learningRate: 0.05,
    data: 'synthetic',
    probes: false,
  } as const;
  const data = createSynthetic(1, { train: 500, test: 10 });
  const training = expectOk(await Training.open(experiment, data, executor, { totalSteps: steps }));
  const times: number[] = [];
  const losses: number[] = [];
  const bytes: number[] = [];
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    losses.push(expectOk(await training.step()).final.loss);
    times.push(performance.now() - started);
    if (step === 10 || step === steps - 1) bytes.push(executor.bytes().held);
    if (step % 200 === 0) note(`step ${step}`);
  }
  training.dispose();
  return { times, losses, bytes };
}
