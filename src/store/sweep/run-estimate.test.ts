import { expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { estimateSeconds, partSizes } from './run-estimate.ts';

const experiment = { ...startingExperiment, batch: 10, epochs: 4, evaluateEvery: 2, validation: 0 };

it('counts whole batches and the evaluations between', () => {
  // 4 epochs of 10 steps, and 2 evaluations of 30 images at a third of a step's arithmetic per image.
  expect(estimateSeconds(experiment, { train: 105, test: 30 }, 30, 0.1)).toBeCloseTo((40 * 30 + 2 * 30 * 1) * 0.1);
  expect(estimateSeconds({ ...experiment, evaluateEvery: 0 }, { train: 105, test: 30 }, 30, 0.1)).toBeCloseTo(
    (40 * 30 + 30) * 0.1,
  );
});

it('does not train on what is held out, but measures it', () => {
  expect(estimateSeconds({ ...experiment, validation: 0.5 }, { train: 100, test: 30 }, 30, 0.1)).toBeCloseTo(
    (20 * 30 + 2 * 80 * 1) * 0.1,
  );
});

it('knows the sizes that the experiment names, or those of the images at hand', () => {
  const known = { data: 'synthetic', train: 5000, test: 1000 };
  expect(partSizes({ ...experiment, trainSize: 'all', testSize: 100 }, known)).toEqual({ train: 5000, test: 100 });
  expect(partSizes({ ...experiment, trainSize: 'all', data: 'svhn' }, known)).toBeUndefined();
});
