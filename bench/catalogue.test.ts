import { expect, test } from 'vitest';
import { expectOk } from '../src/base/result.ts';
import { presetExperiment } from '../src/experiment/presets.ts';
import { allMeasurements, cases, chooseMeasurements } from './catalogue.ts';

test('every measurement has a name of its own, and its preset exists', () => {
  const names = allMeasurements().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { subject } of cases) if ('preset' in subject) expectOk(presetExperiment(subject.preset));
});

test('--only takes a case, a group of cases, an engine or a host, and tells what it does not know', () => {
  const names = (...only: string[]) => chooseMeasurements(only).chosen.map(({ name }) => name);
  expect(names('resnet8/webgpu')).toEqual(['resnet8/webgpu/chromium', 'resnet8/webgpu/node']);
  expect(names('steady/webgpu/node')).toEqual(['steady/webgpu/node']);
  expect(names('memory').length).toBe(12);
  expect(names('resnet')).toEqual([]);
  expect(chooseMeasurements(['resnet8', 'resnet9']).unknown).toEqual(['resnet9']);
});

test('a run that names nothing leaves the long cases out', () => {
  const chosen = chooseMeasurements([]).chosen.map(({ name }) => name);
  expect(chosen).toContain('resnet32/jax-wasm/node');
  expect(chosen.some((name) => name.startsWith('steady') || name.startsWith('shuffled'))).toBe(false);
});
