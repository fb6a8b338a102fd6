import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { presetExperiment } from '../experiment/presets.ts';
import type { Executor } from '../runtime/executor.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { createTfjsExecutor } from '../runtime/tfjs/executor.ts';
import { lookAtImages } from './look.ts';
import { predictionsOf, predictTest, wrongFirst } from './predictions.ts';
import { softmaxRows } from './softmax.ts';
import { Training } from './training.ts';

const small = (name: string, changes: Partial<Experiment> = {}): Experiment => ({
  ...expectOk(presetExperiment(name)),
  widths: [4, 4, 8, 8],
  auxDim: 8,
  decoderHidden: 4,
  batch: 4,
  data: 'synthetic',
  resolution: 32,
  validation: 0,
  trainSize: 40,
  testSize: 10,
  ...changes,
});

const opened = async (experiment: Experiment, executor: Executor) =>
  expectOk(await Training.open(experiment, createSynthetic(1, { train: 60, test: 20 }), executor));

const sum = (row: Float32Array) => row.reduce((total, value) => total + value, 0);

describe('lookAtImages', () => {
  it('answers for every module, patch by patch, and the mean of the patches is the answer', async () => {
    const executor = createInterpreter();
    const training = await opened(small('hpff-paper/resnet8-k3'), executor);
    expectOk(await training.step());
    const look = expectOk(await lookAtImages(training, executor, { kind: 'test', images: [3, 0] }, '2.0'));
    expect(look.exits.map(({ kind, module }) => `${module} ${kind}`)).toEqual([
      '0 independent',
      '0 probe',
      '1 independent',
      '1 cascade',
      '1 probe',
      '2 probe',
      '2 head',
    ]);
    for (const { probabilities } of look.exits) {
      expect(probabilities).toHaveLength(20);
      expect(sum(probabilities.subarray(0, 10))).toBeCloseTo(1);
    }
    const cascade = look.exits.find(({ kind }) => kind === 'cascade');
    expect(cascade?.patches).toHaveLength(4);
    const mean = Float32Array.from({ length: 20 }, (_, index) =>
      (cascade?.patches ?? []).reduce((total, patch) => total + (patch[index] ?? 0) / 4, 0),
    );
    for (const [index, value] of softmaxRows(mean, 10).entries())
      expect(value).toBeCloseTo(cascade?.probabilities[index] ?? -1, 5);
    expect(look.reconstructions.map(({ module, size, images }) => [module, size, images.length])).toEqual([
      [1, 32, 2 * 32 * 32 * 3],
    ]);
    expect(look.activations).toMatchObject({ count: 8, height: 16, width: 16 });
    expect(look.filters).toMatchObject({ count: 32, inputs: 4, height: 3 });
    const classes = training.dataset.test.labels;
    expect(look.labels).toEqual([classes[3], classes[0]]);
  });

  it('refuses images that are not there, in words', async () => {
    const executor = createInterpreter();
    const training = await opened(small('dgl/resnet8-k3'), executor);
    const none = await lookAtImages(training, executor, { kind: 'test', images: [10] }, 'stem');
    expect(none).toMatchObject({ ok: false, error: { message: 'There are test images 0 to 9.' } });
    const short = await lookAtImages(training, executor, { kind: 'own', image: new Uint8Array(3) }, 'stem');
    expect(short.ok).toBe(false);
  });

  it.each([
    ['quick', {}],
    ['quick', { patchesAtOnce: 1 }],
    ['hpff-paper/resnet8-k3', { patchesAtOnce: 2 }],
    ['infopro-contrast/resnet8-k3', {}],
    ['bp/resnet8', {}],
  ] as const)('changes no number of %s %o', async (name, changes) => {
    const losses = async (looking: boolean) => {
      const executor = expectOk(await createTfjsExecutor({ backend: 'wasm' }));
      const training = await opened(small(name, changes), executor);
      const seen: number[] = [];
      for (let step = 0; step < 4; step++) {
        if (looking) {
          expectOk(await lookAtImages(training, executor, { kind: 'test', images: [0, 1, 2] }, '1.0'));
          expectOk(await predictTest(training, 6));
        }
        const { modules, final } = expectOk(await training.step());
        seen.push(final.loss, ...modules.flatMap((module) => [module.cascade?.loss ?? 0, module.probe?.loss ?? 0]));
      }
      training.dispose();
      executor.dispose();
      return seen;
    };
    expect(await losses(true)).toEqual(await losses(false));
  });
});

describe('predictTest', () => {
  it('counts what evaluation counts', async () => {
    const executor = createInterpreter();
    const training = await opened(small('bp/resnet8'), executor);
    expectOk(await training.step());
    const predicted = expectOk(await predictTest(training, 1000));
    const measured = expectOk(await training.evaluate('test'));
    expect(predicted.count).toBe(10);
    expect(predicted.right / 10).toBeCloseTo(measured?.final.accuracy ?? -1);
    expect(predicted.confusion.reduce((total, cell) => total + cell, 0)).toBe(10);
  });

  it('shows wrong answers first, the surest of them first', () => {
    const probabilities = Float32Array.from([0.9, 0.1, 0.2, 0.8, 0.4, 0.6]);
    const order = wrongFirst(predictionsOf(probabilities, [0, 0, 0], 2));
    expect(order.map(({ image }) => image)).toEqual([1, 2, 0]);
  });
});
