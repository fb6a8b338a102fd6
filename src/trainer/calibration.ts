import { ok, type Result } from '../base/result.ts';
import { imageFormats } from '../datasets/image-formats.ts';
import { presetExperiment } from '../experiment/presets.ts';
import type { StepGraph } from '../graph/graph.ts';
import { multiplyAdds } from '../graph/operation-count.ts';
import { configurationOf } from '../methods/configuration.ts';
import { lossWeights } from '../methods/loss-weights.ts';
import { buildTrainGraph } from '../methods/train-graph.ts';
import type { Batch, Executor } from '../runtime/executor.ts';
import { persistentByLabel, writeInitial } from './persistent.ts';

/** Multiply-adds of one run of a graph, probes included. */
export const countMultiplyAdds = (graph: StepGraph): number =>
  graph.nodes.reduce((sum, node) => sum + multiplyAdds(graph, node), 0);

/**
 * A short trial of an executor that holds nothing yet: back-propagation on ResNet-8, batch 16. Two steps, the second timed.
 *
 * @returns multiply-adds a second, from which the time of other steps is estimated
 */
export async function measureRate(executor: Executor): Promise<Result<number>> {
  const preset = presetExperiment('bp/resnet8');
  if (!preset.ok) return preset;
  const experiment = { ...preset.value, batch: 16, probes: false };
  const configuration = configurationOf(experiment, imageFormats.synthetic);
  const { graph } = buildTrainGraph(configuration);
  const program = await executor.compile(graph);
  if (!program.ok) return program;
  const values = persistentByLabel([graph]);
  const size = configuration.network.imageSize;
  const batch: Batch = {
    images: new Uint8Array(experiment.batch * size * size * 3).map((_, index) => (index * 37) % 256),
    labels: Int32Array.from({ length: experiment.batch }, (_, index) => index % 10),
    crops: new Int32Array(experiment.batch * 3),
  };
  const scalars = { learningRate: 0, momentum: 0, weightDecay: 0, ...lossWeights(configuration, experiment) };
  const run = async (): Promise<Result<number>> => {
    const started = performance.now();
    const ran = await program.value.run(scalars, batch);
    if (!ran.ok) return ran;
    const metrics = await program.value.metrics();
    return metrics.ok ? ok((performance.now() - started) / 1000) : metrics;
  };
  try {
    const written = await writeInitial(executor, values.values(), 1);
    if (!written.ok) return written;
    const first = await run();
    const second = first.ok ? await run() : first;
    return second.ok ? ok(countMultiplyAdds(graph) / second.value) : second;
  } finally {
    program.value.dispose();
    executor.drop([...values.keys()]);
  }
}
