import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment.ts';
import { networkNames } from '../experiment/networks.ts';
import { presetExperiment, startingExperiment, suggestedPresets } from '../experiment/presets.ts';
import { type Change, edit } from './edit.ts';

function preset(name: string): Experiment {
  const result = presetExperiment(name);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function edited(experiment: Experiment, change: Change) {
  const result = edit(experiment, change);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('edit', () => {
  it('changes one field and nothing else', () => {
    const { experiment, alsoChanged } = edited(startingExperiment, { learningRate: 0.1 });
    expect(experiment).toEqual({ ...startingExperiment, learningRate: 0.1 });
    expect(alsoChanged).toEqual([]);
  });

  it('refuses a value out of range, naming the field', () => {
    expect(edit(startingExperiment, { learningRate: 11 })).toMatchObject({
      ok: false,
      error: { where: 'learningRate' },
    });
  });

  it('refuses a batch of more images than there are', () => {
    const small = edited(startingExperiment, { trainSize: 100 }).experiment;
    expect(edit(small, { batch: 128 })).toMatchObject({ ok: false, error: { where: 'batch' } });
    expect(edited(small, { trainSize: 20 }).experiment.batch).toBe(20);
  });

  it('lets resolution and validation part follow the data set, and says so', () => {
    const own = edited(startingExperiment, { data: 'own' });
    expect(own.experiment).toMatchObject({ resolution: 64, validation: 0.1 });
    expect(own.alsoChanged.join(' ')).toMatch(/Resolution became 64.*Validation part became 10 %/);
    expect(edited(own.experiment, { data: 'cifar-10' }).experiment).toMatchObject({ resolution: 32, validation: 0 });
    expect(edited(startingExperiment, { data: 'stl-10', resolution: 32 }).experiment.resolution).toBe(32);
  });

  it('brings a window back when modules go, and says so', () => {
    const { experiment, alsoChanged } = edited(edited(startingExperiment, { window: 3 }).experiment, { cuts: 'k2' });
    expect(experiment.window).toBe(2);
    expect(alsoChanged.join()).toContain('Window became 2');
  });

  it('refuses a window over more modules than there are', () => {
    expect(edit(startingExperiment, { window: 4 })).toMatchObject({ ok: false, error: { where: 'window' } });
  });

  it('makes patches at once a divisor again', () => {
    const two = edited(startingExperiment, { patchesAtOnce: 2 }).experiment;
    expect(edited(two, { patches: 3 }).experiment.patchesAtOnce).toBe('all');
  });

  it.each<Change>([{ hilo: false }, { method: 'bp' }, { window: 1 }, { firstIndependent: true }, { cuts: 'k1' }])(
    'gives up released running statistics with %j',
    (change) => {
      const { experiment, alsoChanged } = edited(startingExperiment, change);
      expect(experiment.bn).toBe('once');
      expect(alsoChanged.join()).toContain('Running statistics');
    },
  );

  it('opens the window with HiLo and closes it without', () => {
    const dgl = preset('dgl/resnet20-all');
    const hilo = edited(dgl, { hilo: true }).experiment;
    expect(hilo.window).toBe(2);
    expect(edited(hilo, { hilo: false }).experiment.window).toBe(1);
  });

  it('finds cuts for every network from every preset', () => {
    for (const name of suggestedPresets) {
      for (const network of networkNames) {
        const { experiment } = edited(preset(name), { network });
        expect(experiment.network).toBe(network);
      }
    }
  });

  it('moves a list of cuts to a smaller network', () => {
    const listed = edited(preset('dgl/resnet32-k8'), {
      cuts: [
        [1, 0],
        [2, 4],
        [3, 4],
      ],
    }).experiment;
    const { experiment, alsoChanged } = edited(listed, { network: 'resnet8' });
    expect(experiment.cuts).not.toEqual(listed.cuts);
    expect(alsoChanged.join()).toContain('nearest blocks');
  });
});
