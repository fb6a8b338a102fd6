import { expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { departuresFrom, figuresOfMethod, reportedFigures } from './reported-figures.ts';

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

it('says in what an experiment is other than the paper trained', () => {
  const experiment = expectOk(presetExperiment('bp/resnet32'));
  const departures = (change: Partial<Experiment>) => {
    const own = { ...experiment, ...change };
    return figuresOfMethod(own).map((figure) => departuresFrom(figure, own));
  };
  // The HPFF paper's recipe; the InfoPro paper trained for 160 epochs and does not say how large its batches were.
  expect(departures({})).toEqual([[], ['400 epochs instead of 160']]);
  expect(departures({ epochs: 1, batch: 8, trainSize: 64, testSize: 20 })[0]).toEqual([
    '1 epoch instead of 400',
    '8 images a batch instead of 1,024',
    '64 training images instead of 50,000',
    '20 test images instead of 10,000',
  ]);
  expect(departures({ data: 'svhn', widths: [8, 8, 16, 32] })[0]).toEqual([
    'SVHN instead of CIFAR-10',
    '8, 8, 16, 32 channels instead of 16, 16, 32, 64',
  ]);
});
