import { expectOk } from '../../src/base/result.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { presetExperiment } from '../../src/experiment/presets.ts';

/** A preset as it is measured: built-in images, no probes, a rate that is good for a few steps. */
export const benchExperiment = (preset: string, batch: number): Experiment => ({
  ...expectOk(presetExperiment(preset)),
  batch,
  learningRate: 0.05,
  data: 'synthetic',
  probes: false,
});
