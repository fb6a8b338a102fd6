import { expect, it } from 'vitest';
import { presetExperiment } from '../../experiment/presets.ts';
import { reportedFigures } from './reported-figures.ts';

const errors = (preset: string, change = {}) => {
  const experiment = presetExperiment(preset);
  if (!experiment.ok) throw new Error(experiment.error.message);
  return reportedFigures({ ...experiment.value, ...change }).map(({ error }) => Math.round(error * 1e4) / 100);
};

it.each([
  ['bp/resnet32', [6.37, 7.37]],
  ['dgl/resnet32-all', [14.08, 16.21]],
  ['dgl/resnet32-k16', [14.08, 16.21]],
  ['dgl-cascade/resnet32-all', [10.51]],
  ['dgl-hilo/resnet32-all', [9.44]],
  ['dgl-hpff/resnet32-all', [8.94]],
  ['infopro-contrast/resnet32-k8', [11.13]],
  ['hpff-paper/resnet110-all', [8.96]],
  ['dgl/resnet32-k3', []],
  ['quick', []],
])('%s has the figures %j', (preset, figures) => {
  expect(errors(preset)).toEqual(figures);
});

it('has none for what no paper trained', () => {
  expect(errors('dgl/resnet32-all', { data: 'svhn' })).toEqual([]);
  expect(errors('dgl/resnet32-all', { widths: [8, 8, 16, 32] })).toEqual([]);
  expect(errors('dgl-hilo/resnet32-all', { window: 3 })).toEqual([]);
});
