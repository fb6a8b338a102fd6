import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { startingExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { edit } from '../../store/edit.ts';
import { measuredInWords, methodOf, planCsv, planInWords, savingPreset, sumOf, verdictOf } from './memory-words.ts';

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

describe('memory by module', () => {
  const { modules, bpModules } = preview(configurationOf(startingExperiment), startingExperiment);

  it('is told in words and as rows of bytes', () => {
    expect(planInWords(modules)).toMatch(/^Memory by module: module \d has the highest roles, parameters /);
    expect(planInWords([])).toContain('not planned yet');
    const rows = planCsv(modules);
    expect(rows).toHaveLength(modules.length + 1);
    expect(rows[1]).toMatch(/^"module 0"(,\d+){5}\n$/);
  });

  it('says why a measured peak is above the plan, where it is', () => {
    expect(measuredInWords('tfjs-wasm')).toMatch(
      /^Measured on tfjs-wasm, .* The webgpu executor holds what is planned/,
    );
    expect(measuredInWords('webgpu')).toBeUndefined();
  });

  it('sums up back-propagation', () => {
    const [module, shared] = bpModules;
    expect(sumOf(bpModules).activationBytes).toBe(
      (module?.activationBytes ?? 0) + (shared?.activationBytes ?? Number.NaN),
    );
  });
});
