import { expect, it } from 'vitest';
import { presetExperiment, startingExperiment } from '../../experiment/presets.ts';
import { emptyQueue, enqueue, withState } from '../sweep/queue.ts';
import { methodInWords } from './experiment-words.ts';
import { recordOf } from './test-support.ts';
import { comparedWith, variantsOf } from './variants.ts';

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

it('compares with the run begun by hand while the queue trains others', () => {
  const runs = [recordOf('3'), recordOf('2'), recordOf('1')];
  const entry = { title: 'a', group: undefined, experiment: startingExperiment };
  const queue = withState(enqueue(emptyQueue, [entry], false), 1, { kind: 'done', run: '3' });
  expect(comparedWith(runs, '2', queue)?.id).toBe('2');
  expect(comparedWith(runs, '3', queue)?.id).toBe('2');
  expect(comparedWith(runs, '3', emptyQueue)?.id).toBe('3');
  expect(comparedWith(runs.slice(0, 1), '3', queue)?.id).toBe('3');
  expect(comparedWith(runs, undefined, queue)).toBeUndefined();
});
