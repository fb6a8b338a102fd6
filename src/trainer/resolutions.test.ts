import { describe, expect, test } from 'vitest';
import { randomStream } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { checksumOf } from '../datasets/checksum.ts';
import type { Dataset, ImageSet } from '../datasets/dataset.ts';
import { imageFormatAt } from '../datasets/image-formats.ts';
import { imagesInMemory } from '../datasets/image-store.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { networkNames } from '../experiment/networks.ts';
import { type Family, familyNames, presetExperiment } from '../experiment/presets.ts';
import { planGraph } from '../graph/memory-plan.ts';
import { configurationOf } from '../methods/configuration.ts';
import { buildTrainGraph } from '../methods/train-graph.ts';
import { wasmExecutor } from '../runtime/agreement/agreement.ts';
import { Training } from './training.ts';

/** Sizes and numbers of classes that CIFAR-10 does not have. */
const formats = [
  { data: 'tiny-imagenet', size: 64, classes: 30 },
  { data: 'tiny-imagenet', size: 64, classes: 200 },
  { data: 'stl-10', size: 96, classes: 10 },
  { data: 'imagenet', size: 96, classes: 200 },
] as const;

type Format = (typeof formats)[number];

/** Images of noise, one of each class in turn. */
function noiseOf({ data, size, classes }: Format): Dataset {
  const stream = randomStream(size, 'noise');
  const setOf = (count: number): ImageSet => ({
    images: imagesInMemory(
      Uint8Array.from({ length: count * size * size * 3 }, () => stream.nextUint32()),
      size * size * 3,
    ),
    labels: Uint16Array.from({ length: count }, (_, index) => classes - 1 - (index % classes)),
    count,
  });
  const train = setOf(4);
  const test = setOf(2);
  return {
    name: data,
    title: 'noise',
    classNames: Array.from({ length: classes }, (_, label) => `class ${label}`),
    format: imageFormatAt(data, size, classes),
    train,
    validation: undefined,
    test,
    unlabelled: undefined,
    checksum: checksumOf([train, test]),
    notes: [],
    terms: '',
  };
}

const experimentOf = (family: Family, network: string, { data, size }: Format): Experiment => ({
  ...expectOk(presetExperiment(`${family}/${network}-k3`)),
  data,
  resolution: size,
  batch: 4,
  schedule: 'constant',
  learningRate: 0.01,
  warmup: 0,
  validation: 0,
});

describe('other sizes and numbers of classes', () => {
  for (const format of formats) {
    const { size, classes } = format;
    test(`${size} pixels, ${classes} classes: every network has a plan under every family`, () => {
      for (const network of networkNames) {
        // Enough images that activations outweigh gradients and workspace.
        const plain = { ...experimentOf('bp', network, format), batch: 128 };
        const { graph } = buildTrainGraph(configurationOf(plain, imageFormatAt(plain.data, size, classes)));
        expect(graph.values.find(({ label }) => label === 'head.fc.bias')?.shape).toEqual([classes]);
        const small = buildTrainGraph(configurationOf(plain, imageFormatAt('cifar-10', 32, 10))).graph;
        // Activations grow with the pixels; parameters do not.
        const ratio = planGraph(graph).arenaBytes / planGraph(small).arenaBytes;
        expect(ratio).toBeGreaterThan(0.8 * (size / 32) ** 2);
        expect(ratio).toBeLessThan(1.2 * (size / 32) ** 2);
      }
      for (const family of familyNames) {
        const experiment = experimentOf(family, 'resnet32', format);
        const { graph } = buildTrainGraph(configurationOf(experiment, imageFormatAt(experiment.data, size, classes)));
        expect(planGraph(graph).arenaBytes).toBeGreaterThan(0);
      }
    });

    test(`${size} pixels, ${classes} classes: a step and an evaluation have finite losses near chance`, async () => {
      const executor = await wasmExecutor();
      for (const family of ['bp', 'hpff-released', 'infopro-contrast'] as const) {
        const experiment = experimentOf(family, 'resnet8', format);
        const training = expectOk(await Training.open(experiment, noiseOf(format), executor));
        const { final } = expectOk(await training.step());
        expect(final.loss).toBeGreaterThan(0.5 * Math.log(classes));
        expect(final.loss).toBeLessThan(3 * Math.log(classes));
        training.dispose();
      }
      executor.dispose();
    });
  }
});
