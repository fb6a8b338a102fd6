import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { centreCrops } from '../../src/datasets/augmentation.ts';
import { createSynthetic } from '../../src/datasets/synthetic.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { configurationOf } from '../../src/methods/configuration.ts';
import { lossWeights } from '../../src/methods/loss-weights.ts';
import { buildTrainGraph } from '../../src/methods/train-graph.ts';
import { createInterpreter } from '../../src/runtime/interpreter/interpreter.ts';
import { persistentByLabel, writeInitial } from '../../src/trainer/persistent.ts';
import { benchExperiment } from '../cases/experiment.ts';
import { firstImages } from '../peers/peer-network.ts';
import { openJax } from './jax.ts';

const experiment: Experiment = { ...benchExperiment('bp/resnet8', 2), weightDecay: 0 };

/** Losses of some steps on one batch, without augmentation, in float64. */
async function referenceLosses(steps: number): Promise<number[]> {
  const configuration = configurationOf(experiment);
  const { graph } = buildTrainGraph(configuration);
  const interpreter = createInterpreter();
  const program = expectOk(await interpreter.compile(graph));
  expectOk(await writeInitial(interpreter, persistentByLabel([graph]).values(), experiment.seed));
  const data = createSynthetic(1, { train: 2, test: 10 });
  const batch = { ...firstImages(data, 2), crops: centreCrops(2, data.format) };
  const { momentum, learningRate } = experiment;
  const scalars = { learningRate, momentum, weightDecay: 0, ...lossWeights(configuration, experiment) };
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    expectOk(await program.run(scalars, batch));
    const metrics = expectOk(await program.metrics());
    const [[sum] = []] = [...metrics.values()].map((numbers) => [...numbers]);
    losses.push((sum as number) / 2);
  }
  return losses;
}

test('jax-js trains the same network: its losses are the interpreter’s', async () => {
  const prepared = await (await openJax('wasm')).step(experiment);
  const expected = await referenceLosses(2);
  for (const loss of expected) expect(await prepared.run()).toBeCloseTo(loss, 3);
}, 120_000);
