import { expect, it } from 'vitest';
import { presetExperiment, startingExperiment } from '../../experiment/presets.ts';
import { methodInWords } from './experiment-words.ts';
import { variantsOf } from './variants.ts';

const words = (experiment = startingExperiment) =>
  variantsOf(experiment).map(({ title, edited }) => [
    title,
    edited.ok ? methodInWords(edited.value.experiment) : edited.error.message,
  ]);

it('takes parts of HPFF away, one at a time', () => {
  expect(words()).toEqual([
    ['Same, with BP', 'BP'],
    ['Same, without HiLo', 'InfoPro + PFF'],
    ['Same, without PFF', 'InfoPro + HiLo'],
  ]);
});

it('adds them to a method without', () => {
  const dgl = presetExperiment('dgl/resnet32-k4');
  expect(dgl.ok && words(dgl.value)).toEqual([
    ['Same, with BP', 'BP'],
    ['Same, with HiLo', 'DGL + HiLo'],
    ['Same, with PFF', 'DGL + PFF'],
  ]);
});

it('has nothing for back-propagation', () => {
  expect(words({ ...startingExperiment, method: 'bp', bn: 'once' })).toEqual([]);
});
