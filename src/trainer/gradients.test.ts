import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { createInterpreter } from '../runtime/interpreter/interpreter.ts';
import { gradientCost, measureGradients } from './gradients.ts';
import { readAll } from './persistent.ts';
import { Training } from './training.ts';

const data = createSynthetic(1, { train: 24, test: 10 });
const small: Experiment = {
  ...startingExperiment,
  widths: [4, 4, 6, 8],
  auxDim: 8,
  batch: 4,
  epochs: 2,
  schedule: 'constant',
};

async function open(changes: Partial<Experiment> = {}) {
  const executor = createInterpreter();
  return { executor, training: expectOk(await Training.open({ ...small, ...changes }, data, executor)) };
}

/** Every persistent number of a run after some steps, with gradients measured in between or not. */
async function played(measure: boolean) {
  const { training, executor } = await open();
  const seen: unknown[] = [];
  for (let step = 0; step < 3; step++) {
    if (measure) expectOk(await measureGradients(training, executor, 6));
    const { imagesPerSecond: _, seconds: __, ...measured } = expectOk(await training.step());
    seen.push(measured);
  }
  return { seen, values: expectOk(await readAll(executor, training.values.keys())), held: executor.bytes().held };
}

describe('gradients measured on request', () => {
  test('change no number of the run and leave no bytes behind', async () => {
    expect(await played(true)).toEqual(await played(false));
  });

  test('are back-propagation\u2019s own where the method is back-propagation', async () => {
    const { training, executor } = await open({ method: 'bp', hilo: false, cuts: 'k1', bn: 'once' });
    const { modules, images } = expectOk(await measureGradients(training, executor, 5));
    expect(images).toBe(5);
    expect(modules).toHaveLength(1);
    expect(modules[0]?.cosine).toBeCloseTo(1, 12);
    expect(modules[0]?.norm).toBe(modules[0]?.bpNorm);
    expect(modules[0]?.norm).toBeGreaterThan(0);
  });

  test('differ from it under a local method, but for the last module, whose loss is the head\u2019s', async () => {
    const { training, executor } = await open({ method: 'dgl', hilo: false, window: 1, bn: 'once' });
    const { modules } = expectOk(await measureGradients(training, executor, 8));
    expect(modules.map(({ block }) => block)).toEqual(['1.0', '2.0', '3.0']);
    expect(modules[2]?.cosine).toBeCloseTo(1, 12);
    for (const { cosine, norm } of modules.slice(0, 2)) {
      expect(Math.abs(cosine as number)).toBeLessThan(0.99);
      expect(norm).toBeGreaterThan(0);
    }
  });

  test('have no cosine where no loss reaches a module', async () => {
    const { training, executor } = await open({ wx: 0, wy: 0 });
    const { modules } = expectOk(await measureGradients(training, executor, 4));
    expect(modules[0]).toMatchObject({ norm: 0, cosine: undefined });
  });

  test('cost what is planned before, never more images than there are', async () => {
    const { training } = await open();
    expect(gradientCost(training, 1000).images).toBe(24);
    expect(gradientCost(training, 8).bytes).toBeGreaterThan(gradientCost(training, 4).bytes);
  });
});
