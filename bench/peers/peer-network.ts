import type { Dataset } from '../../src/datasets/dataset.ts';
import { gather } from '../../src/datasets/sampling.ts';
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
  const { images: bytes, labels } = firstImages(data, batch);
  return {
    blocks: blockShapes(configuration.network),
    parameters: new Map(parameters),
    classes,
    imageSize,
    batch,
    images: Float32Array.from(bytes, (byte, index) => {
      const channel = index % 3;
      return (byte / 255 - (mean[channel] as number)) / (std[channel] as number);
    }),
    labels,
    learningRate,
    momentum,
    multiplyAdds: planStep(configuration).multiplyAdds,
  };
}

/** The first training images of a set, [batch,H,W,3], and their labels. */
export function firstImages({ train, format }: Dataset, batch: number) {
  const images = new Uint8Array(batch * format.imageSize ** 2 * 3);
  const labels = new Int32Array(batch);
  gather(
    train,
    Uint32Array.from({ length: batch }, (_, row) => row),
    { images, labels },
  );
  return { images, labels };
}
