import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { configurationOf } from './configuration.ts';
import { planStep } from './preview.ts';
import { walkStep } from './step-walk.ts';

const walkOf = (preset: string, changes: object = {}) => {
  const configuration = configurationOf({ ...expectOk(presetExperiment(preset)), batch: 8, ...changes });
  return { walk: walkStep(configuration), plan: planStep(configuration) };
};

const total = (bytes: readonly number[]) => bytes.reduce((sum, part) => sum + part, 0);

describe('walkStep', () => {
  it.each([
    ['bp/resnet20', {}],
    ['greedy/resnet20-k4', {}],
    ['dgl/resnet20-all', { window: 3 }],
    ['infopro-contrast/resnet20-k3', {}],
    ['hpff-released/resnet20-all', {}],
    ['hpff-paper/resnet20-k4', { patchesAtOnce: 1 }],
    ['hpff-released/resnet20-k4', { window: 4, bn: 'once' }],
  ])('goes through every node of %s %o once, and ends with nothing held', (preset, changes) => {
    const { walk, plan } = walkOf(preset, changes);
    let next = 0;
    for (const { first, nodes, peakBytes, heldBytes } of walk.groups) {
      expect(first).toBe(next);
      next += nodes;
      expect(total(heldBytes)).toBeLessThanOrEqual(peakBytes);
      expect(peakBytes).toBeLessThanOrEqual(walk.peakBytes);
    }
    expect(next).toBe(plan.nodes);
    expect(plan.persistentBytes + walk.peakBytes).toBe(Math.max(...plan.course.bytes));
    expect(total(walk.groups.at(-1)?.heldBytes ?? [1])).toBe(0);
  });

  it('pulls a cascade over one border through inputs only, and updates each module once', () => {
    const { walk } = walkOf('hpff-released/resnet20-k4');
    const crossings = walk.groups.filter(({ deed }) => deed.kind === 'pullback' && deed.crosses);
    expect(crossings.map(({ module }) => module)).toEqual([1, 2, 3]);
    expect(crossings.every(({ deed }) => deed.kind === 'pullback' && !deed.parameters)).toBe(true);
    const updates = walk.groups.filter(({ deed }) => deed.kind === 'update' && deed.of === 'module');
    expect(updates.map(({ module }) => module)).toEqual([0, 1, 2, 3]);
  });

  it('crosses no border where every loss stays in its module, every one under back-propagation', () => {
    const crossing = (preset: string, changes: object = {}) =>
      walkOf(preset, changes).walk.groups.filter(({ deed }) => deed.kind === 'pullback' && deed.crosses).length;
    expect(crossing('dgl/resnet20-k4')).toBe(0);
    expect(crossing('bp/resnet20', { cuts: 'k4' })).toBe(3);
  });
});
