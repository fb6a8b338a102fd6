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

/** The smallest there is: an emulated GPU compiles kernels for seconds and computes slowly. */
export const tiny: Experiment = {
  ...small,
  widths: [4, 4, 4, 4],
  auxDim: 4,
  batch: 4,
  trainSize: 400,
  testSize: 20,
  cuts: 'k2',
  method: 'dgl',
  hilo: false,
  window: 1,
  bn: 'once',
  evaluateEvery: 0,
};
