import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { networkNames } from '../../experiment/networks.ts';
import { presetExperiment, startingExperiment } from '../../experiment/presets.ts';
import { layOutBraces } from './braces.ts';
import { layOutStrip } from './strip-layout.ts';
import { termInBrief } from './term-words.ts';

function preset(name: string): Experiment {
  const result = presetExperiment(name);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('layOutStrip', () => {
  it('puts every tile of every network into one module, borders between', () => {
    for (const network of networkNames) {
      const { tiles, borders, modules } = layOutStrip(preset(`dgl/${network}-all`));
      expect(tiles).toHaveLength(borders.length + 2);
      expect(borders.filter((border) => border.cut)).toHaveLength(modules.length - 1);
      modules.forEach((module, index) => {
        expect(module.start).toBeLessThan(module.end);
        expect(tiles.filter((tile) => tile.module === index).every((tile) => tile.column < module.end)).toBe(true);
      });
    }
  });

  it('names borders, shapes and what modules hold', () => {
    const { borders, modules, stages } = layOutStrip(preset('dgl/resnet20-k3'));
    expect(borders[0]?.name).toBe('Cut after the stem');
    expect(borders[3]?.name).toBe('Join after block 1.2');
    expect(borders[3]?.between).toBe('between block 1.2 and block 2.0');
    expect(modules.map((module) => module.holds)).toEqual(['stem, 1.0 to 1.2', '2.0 to 2.2', '3.0 to 3.2, head']);
    expect(stages.map((stage) => stage.shape)).toEqual(['32×32×16', '16×16×32', '8×8×64']);
  });

  it('makes a module of the stem alone', () => {
    const { modules } = layOutStrip({
      ...startingExperiment,
      cuts: [
        [0, 0],
        [3, 0],
      ],
    });
    expect(modules.map((module) => module.holds)).toEqual(['stem', '1.0 to 3.0, head']);
  });

  it('says what hangs on a module and whether it learns', () => {
    const { modules } = layOutStrip({ ...startingExperiment, ixx: [0, 0], ixy: [0, 0], wx: 0 });
    expect(modules[1]?.terms.map(termInBrief)).toEqual(['independent 0c2f', 'cascade 0c2f + 4 decoders']);
    expect(modules.map((module) => module.learns)).toEqual([false, true, true]);
  });
});

describe('layOutBraces', () => {
  it('needs two lanes for the pairs of HiLo, one for back-propagation, none for isolation', () => {
    const lanes = (name: string) => layOutBraces(layOutStrip(preset(name)).modules).map((brace) => brace.lane);
    expect(lanes('hpff-released/resnet20-all')).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(lanes('bp/resnet20')).toEqual([0]);
    expect(lanes('dgl/resnet20-all')).toEqual([]);
  });
});
