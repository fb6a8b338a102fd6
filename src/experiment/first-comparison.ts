import type { Experiment } from './experiment.ts';
import { presetExperiment } from './presets.ts';

/**
 * HPFF on ResNet-20 with every block a module, narrow and on few of the built-in images: with the same under back-propagation a first
 * comparison that takes about half a minute on WASM, and in which HPFF saves memory.
 */
export const firstComparison: Experiment = comparison();

function comparison(): Experiment {
  const paper = presetExperiment('hpff-paper/resnet20-all');
  if (!paper.ok) throw new Error(paper.error.message);
  return {
    ...paper.value,
    widths: [8, 8, 16, 32],
    auxDim: 32,
    batch: 32,
    learningRate: 0.1,
    schedule: 'cosine-step',
    warmup: 0,
    epochs: 2,
    data: 'synthetic',
    trainSize: 1600,
    testSize: 500,
  };
}
