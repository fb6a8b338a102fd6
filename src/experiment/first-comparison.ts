import type { Experiment } from './experiment.ts';
import { presetExperiment } from './presets.ts';

/**
 * HPFF on ResNet-20 with every block a module, narrow and on few of the built-in images: with the same under back-propagation a first
 * comparison of under a minute on WASM, in which HPFF holds 0.61 times the memory and does 1.96 times the arithmetic.
 */
export const firstComparison: Experiment = {
  ...released(),
  widths: [8, 8, 16, 32],
  auxDim: 32,
  decoderHidden: 6,
  patchesAtOnce: 1,
  // The last auxiliary network learns, too: with the released weights it would not.
  ixx: [5, 1],
  ixy: [0.5, 1],
  batch: 16,
  learningRate: 0.05,
  schedule: 'cosine-step',
  warmup: 0,
  epochs: 2,
  data: 'synthetic',
  trainSize: 480,
  testSize: 200,
};

function released(): Experiment {
  const preset = presetExperiment('hpff-released/resnet20-all');
  if (!preset.ok) throw new Error(preset.error.message);
  return preset.value;
}
