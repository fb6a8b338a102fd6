import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { dataNames, dataSets } from './data-sets.ts';
import { presetExperiment, startingExperiment } from './presets.ts';
import { parseExperiment } from './schema.ts';

test('an experiment from before resolution and validation reads as what it meant', () => {
  for (const current of [startingExperiment, expectOk(presetExperiment('hpff-released/resnet32-k8'))]) {
    const { resolution: _, validation: __, ...older } = current;
    expect(expectOk(parseExperiment(older))).toEqual(current);
  }
});

test.each(dataNames)('what is missing follows the data set %s', (data) => {
  const { resolution: _, validation: __, ...older } = startingExperiment;
  const { resolution, validation } = expectOk(parseExperiment({ ...older, data }));
  expect([resolution, validation]).toEqual([dataSets[data].resolution, dataSets[data].validation]);
});

test.each([
  [{ data: 'imagenet-22k' }, /^data = "imagenet-22k"/],
  [{ data: 3 }, /^data = 3/],
  [{ resolution: 33 }, /^resolution = 33/],
  [{ resolution: undefined }, /^resolution = undefined/],
  [{ validation: 0.6 }, /^validation = 0.6/],
])('refuses %j all the same', (changes, words) => {
  const { resolution: _, validation: __, ...older } = startingExperiment;
  const parsed = parseExperiment({ ...older, ...changes });
  expect(parsed.ok ? '' : parsed.error.message).toMatch(words);
});

test('a field that experiments always had is still missed', () => {
  const { seed: _, ...rest } = startingExperiment;
  const parsed = parseExperiment(rest);
  expect(parsed.ok ? '' : parsed.error.message).toMatch(/"seed" is missing/);
});
