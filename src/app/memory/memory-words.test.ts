import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { edit } from '../../store/edit.ts';
import { methodOf, savingPreset, verdictOf } from './memory-words.ts';

const verdict = (experiment: Experiment) => verdictOf(experiment, preview(configurationOf(experiment), experiment));

describe('memory beside back-propagation', () => {
  it('is more for the small network of the start, and saved by what the page offers instead', () => {
    expect(verdict(startingExperiment)).toBe('more');
    const saving = edit(startingExperiment, methodOf(savingPreset));
    if (!saving.ok) throw new Error(saving.error.message);
    expect(verdict(saving.value.experiment)).toBe('saves');
    expect(saving.value.experiment).toMatchObject({
      data: 'synthetic',
      batch: startingExperiment.batch,
      network: 'resnet20',
    });
  });

  it('has nothing to say of back-propagation itself', () => {
    expect(verdict({ ...startingExperiment, method: 'bp', bn: 'once' })).toBe('is-bp');
    expect(verdict({ ...startingExperiment, cuts: 'k1', window: 1, bn: 'once' })).toBe('is-bp');
  });
});
