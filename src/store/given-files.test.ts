import { expect, it } from 'vitest';
import { sortFiles } from './given-files.ts';

it('tells weights, experiments and data apart by name', () => {
  const files = ['a.bin', 'weights.safetensors', 'Experiment.JSON', 'cifar-10-binary.tar.gz'].map((name) => ({ name }));
  expect(sortFiles(files)).toEqual({
    weights: { name: 'weights.safetensors' },
    experiment: { name: 'Experiment.JSON' },
    data: [{ name: 'a.bin' }, { name: 'cifar-10-binary.tar.gz' }],
  });
});
