import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { readExperiment } from './experiment-arguments.ts';
import { temporaryFolder } from './temporary-folder.ts';

const read = (experiment: string | undefined, ...set: string[]) => readExperiment({ experiment, set });
const messageOf = (experiment: string | undefined, ...set: string[]) => {
  const found = read(experiment, ...set);
  return found.ok ? '' : found.error.message;
};

test('takes a preset, and fields on top of it', () => {
  expect(expectOk(read('quick'))).toEqual(expectOk(presetExperiment('quick')));
  expect(expectOk(read('hpff-released/resnet32-k8', 'batch=64')).batch).toBe(64);
});

test('takes an experiment file', () => {
  const path = join(temporaryFolder(), 'experiment.json');
  writeFileSync(path, JSON.stringify({ ...expectOk(presetExperiment('quick')), seed: 7 }));
  expect(expectOk(read(path, 'batch=16'))).toMatchObject({ seed: 7, batch: 16 });
});

test('names what is wrong: option, preset, file or field', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'broken.json');
  writeFileSync(path, '{');
  expect(messageOf(undefined)).toContain('--experiment is missing');
  expect(messageOf('quik')).toContain('There is no preset "quik"');
  expect(messageOf(join(folder, 'none.json'))).toContain('there is no such file');
  expect(messageOf(folder)).toContain('is a folder');
  expect(messageOf(path)).toContain('broken.json is not JSON');
  expect(messageOf('quick', 'batchsize=3')).toContain('there is no such field');
  expect(messageOf('quick', 'batch=many')).toContain('batch');
});
