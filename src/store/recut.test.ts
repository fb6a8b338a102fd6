import { describe, expect, it } from 'vitest';
import { type NetworkName, networkNames } from '../experiment/networks.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { resolveCuts } from '../network/cuts.ts';
import { borders, cutChoices, moveCut, movedCuts, toggleCut } from './recut.ts';

describe('toggleCut', () => {
  it('cuts after the stem and joins again', () => {
    const cut = toggleCut({ network: 'resnet8', cuts: 'all' }, [0, 0]);
    expect(cut).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect(toggleCut({ network: 'resnet8', cuts: cut }, [0, 0])).toBe('all');
  });

  it('joins one border', () => {
    expect(toggleCut({ network: 'resnet8', cuts: 'all' }, [2, 0])).toEqual([
      [1, 0],
      [3, 0],
    ]);
  });

  it('finds the word of the papers again', () => {
    const without = toggleCut({ network: 'resnet32', cuts: 'k8' }, [1, 0]);
    expect(toggleCut({ network: 'resnet32', cuts: without }, [1, 0])).toBe('k8');
  });
});

describe('moveCut', () => {
  const blockOf = (cuts: unknown) => JSON.stringify(cuts);
  it('moves one cut as far as its neighbours let it', () => {
    const { cuts, place } = moveCut({ network: 'resnet20', cuts: 'k3' }, 3, 4);
    expect(place).toBe(4);
    expect(blockOf(cuts)).toBe('[[2,0],[2,2],[3,2]]');
    expect(moveCut({ network: 'resnet20', cuts: 'k3' }, 3, 9).place).toBe(5);
    expect(moveCut({ network: 'resnet20', cuts: 'k3' }, 3, 0).place).toBe(0);
  });

  it('leaves cuts that have no room where they are', () => {
    expect(moveCut({ network: 'resnet8', cuts: 'all' }, 1, 2)).toEqual({ cuts: 'all', place: 1 });
  });
});

describe('cutChoices', () => {
  it('offers what the network has blocks for', () => {
    expect(cutChoices('resnet8').map((choice) => choice.word)).toEqual(['k1', 'k2', 'all']);
    expect(cutChoices('resnet32').map((choice) => choice.word)).toEqual(['k1', 'k2', 'k3', 'k4', 'k8', 'all']);
    expect(cutChoices('resnet110').map((choice) => choice.word)).toContain('k32');
  });
});

describe('movedCuts', () => {
  it('gives possible cuts from every network to every other', () => {
    const base = presetExperiment('bp/resnet32');
    if (!base.ok) throw new Error(base.error.message);
    for (const from of networkNames) {
      for (const to of networkNames) {
        const cuts = movedCuts(borders(from), from, to);
        const moved = parseExperiment({ ...base.value, network: to satisfies NetworkName, cuts });
        expect(moved.ok, `${from} to ${to}`).toBe(true);
      }
    }
  });

  it('keeps the number of modules where there is room', () => {
    const cuts = movedCuts(resolveCuts({ network: 'resnet110', cuts: 'k8' }), 'resnet110', 'resnet32');
    expect(resolveCuts({ network: 'resnet32', cuts })).toHaveLength(8);
  });
});
