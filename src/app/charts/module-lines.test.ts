import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { History } from '../../runs/history.ts';
import { chartModules, drawnInWords, moduleLines, mostDrawnOf } from './module-lines.ts';

const run = {
  id: 'live',
  name: 'this run',
  experiment: startingExperiment,
  history: new History(),
  dash: undefined,
  shade: 1,
  colours: { strong: 'black', soft: 'grey' },
};

describe('chartModules', () => {
  it('are the modules in order, then former borders', () => {
    const modules = chartModules(run, { network: 'resnet8', cuts: 'k2' }, ['1.0', '2.0', '3.0'], 'light');
    expect(modules.map((module) => module.label)).toEqual(['module 0', 'module 1', 'block 1.0, before']);
    expect(drawnInWords(modules)).toBeUndefined();
  });

  it('are drawn in part where there are very many, first and last among them', () => {
    const modules = chartModules(run, { network: 'resnet110', cuts: 'all' }, [], 'dark');
    const drawn = modules.filter((module) => module.drawn).map((module) => module.label);
    expect(drawn).toHaveLength(12);
    expect([drawn[0], drawn.at(-1)]).toEqual(['module 0', 'module 53']);
    expect(drawnInWords(modules)).toBe('12 of 54 modules are drawn; the table has all.');
    const lines = moduleLines(modules, 'test', 'probe.accuracy', { width: 2 });
    expect(lines).toHaveLength(54);
    expect(lines.filter((line) => line.tableOnly)).toHaveLength(42);
  });

  it('are all drawn of thirty runs of four', () => {
    expect([1, 12, 30, 36, 100].map(mostDrawnOf)).toEqual([12, 12, 4, 4, 3]);
  });
});
