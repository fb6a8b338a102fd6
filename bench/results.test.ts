import { expect, test } from 'vitest';
import { emptyFinding, type Measurement } from './measurement.ts';
import { describeRun, withRun } from './results.ts';

test('a run takes the place of an earlier one of the same command, and leaves all else', () => {
  const first = withRun('# Results\n\nBy hand.\n', 'bench', 'one');
  const both = withRun(first, 'bench -- --only steady', 'two');
  expect(withRun(both, 'bench', 'three')).toBe(both.replace('one', 'three'));
  expect(both).toContain('By hand.');
  expect(both.indexOf('one')).toBeLessThan(both.indexOf('two'));
});

test('a run is told by bars and a table for each thing measured; empty columns are left out', () => {
  const measurement: Measurement = {
    name: 'resnet32/webgpu/node',
    subject: { kind: 'step', preset: 'bp/resnet32', batch: 32 },
    engine: 'webgpu',
    host: 'node',
  };
  const finding = { ...emptyFinding(measurement, 'bp/resnet32, batch 32'), milliseconds: 4000, dispatches: 303 };
  const text = describeRun('bench', 'a machine', [{ kind: 'step', findings: [finding] }]);
  expect(text).toContain('| dispatches of a step (node) | at most 320 | 303 | yes |');
  expect(text).toContain('### Training steps');
  expect(text).toContain('| bp/resnet32, batch 32 | webgpu | node | 4000 | 303 |');
  expect(text).not.toContain('planned MB');
});
