import { createSynthetic } from '../../src/datasets/synthetic.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { configurationOf } from '../../src/methods/configuration.ts';
import { planStep } from '../../src/methods/preview.ts';
import { buildTrainGraph } from '../../src/methods/train-graph.ts';
import { initialValues } from '../../src/network/initial-values.ts';
import { type BlockShape, blockShapes } from '../../src/network/network-shape.ts';
import { persistentByLabel } from '../../src/trainer/persistent.ts';

/** A parameter with this project's initial values, so that all engines begin with one loss. */
export interface PeerParameter {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A network under back-propagation as peers build it: blocks, parameters by this project's labels, and one batch. */
export interface PeerNetwork {
  readonly blocks: readonly BlockShape[];
  readonly parameters: ReadonlyMap<string, PeerParameter>;
  readonly classes: number;
  readonly imageSize: number;
  readonly batch: number;
  /** [N,H,W,3], normalised, not augmented. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly learningRate: number;
  readonly momentum: number;
  readonly multiplyAdds: number;
}

/** The network of an experiment. */
export function peerNetwork(experiment: Experiment): PeerNetwork {
  const { batch, learningRate, momentum } = experiment;
  const data = createSynthetic(1, { train: batch, test: 10 });
  const configuration = configurationOf(experiment, data.format);
  const values = persistentByLabel([buildTrainGraph(configuration).graph]);
  const parameters = [...values.values()]
    .filter(({ role }) => role === 'parameter')
    .map((value) => [value.label, { shape: value.shape, data: initialValues(value, experiment.seed) }] as const);
  const { mean, std, imageSize, classes } = data.format;
  return {
    blocks: blockShapes(configuration.network),
    parameters: new Map(parameters),
    classes,
    imageSize,
    batch,
    images: Float32Array.from(data.train.images, (byte, index) => {
      const channel = index % 3;
      return (byte / 255 - (mean[channel] as number)) / (std[channel] as number);
    }),
    labels: Int32Array.from(data.train.labels),
    learningRate,
    momentum,
    multiplyAdds: planStep(configuration).multiplyAdds,
  };
}
