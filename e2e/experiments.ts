import type { Experiment } from '../src/experiment/experiment.ts';
import { startingExperiment } from '../src/experiment/presets.ts';

/** HPFF on a narrow ResNet-8 and few images: an epoch takes seconds on WebAssembly. */
export const small: Experiment = {
  ...startingExperiment,
  widths: [8, 8, 16, 16],
  auxDim: 16,
  batch: 16,
  trainSize: 320,
  testSize: 100,
  epochs: 50,
  schedule: 'constant',
};
