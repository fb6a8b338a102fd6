import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { moduleBytes, roles, sumOf } from './memory-words.ts';
import { barDrawing, barPicture, moduleBars } from './module-bars.ts';

const { modules, bpModules } = preview(configurationOf(startingExperiment), startingExperiment);
const bars = moduleBars(modules, sumOf(bpModules), 'light');

describe('memory by module as bars', () => {
  it('are stacked by role on a linear axis, and reach what the roles come to', () => {
    const { shapes, vertical } = barDrawing(bars, undefined, false);
    expect(shapes).toHaveLength(bars.length * roles.length);
    const tops = bars.map((_, index) =>
      Math.max(...shapes.filter(({ id }) => id.startsWith(`${index} `)).map(({ high }) => high)),
    );
    expect(tops).toEqual(bars.map(({ plan }) => moduleBytes(plan)));
    expect(vertical.high).toBeGreaterThanOrEqual(Math.max(...tops));
  });

  it('stand side by side on a logarithmic one, each from its foot', () => {
    const { shapes, vertical } = barDrawing(bars, undefined, true);
    expect(vertical.log).toBe(true);
    expect(new Set(shapes.map(({ low }) => low))).toEqual(new Set([0]));
    expect(new Set(shapes.map(({ from }) => from)).size).toBe(shapes.length);
  });

  it('are a part where zoomed, with a name at some places and all that are no modules', () => {
    expect(barDrawing(bars, { low: 0.5, high: 1.5 }, false).shapes).toHaveLength(roles.length);
    const many = moduleBars([...Array(54).fill(modules[0]), modules.at(-1)], sumOf(bpModules), 'dark');
    const { ticks, format } = barDrawing(many, undefined, false).horizontal;
    expect(ticks.length).toBeLessThanOrEqual(14);
    expect(ticks.map(format).slice(-2)).toEqual(['io', 'BP']);
  });

  it('name their roles in a file', () => {
    expect(barPicture('Memory', bars, undefined, false).legend.map(({ label }) => label)).toEqual(
      roles.map(({ name }) => name),
    );
  });
});
