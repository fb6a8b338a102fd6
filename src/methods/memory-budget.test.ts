import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { imageFormats } from '../datasets/image-formats.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { configurationOf } from './configuration.ts';
import { checkBudget, largestBatch, remediesFor, withRemedies } from './memory-budget.ts';
import { planStep } from './preview.ts';

const format = imageFormats.synthetic;
const experiment = {
  ...expectOk(presetExperiment('hpff-released/resnet20-k2')),
  data: 'synthetic',
  batch: 64,
} as const;
const peak = (changed: typeof experiment | object) =>
  planStep(configurationOf({ ...experiment, ...changed }, format)).peakBytes;

test('the largest batch fits, and one image more does not', () => {
  const budget = 0.4 * peak({});
  const batch = largestBatch(experiment, format, budget) as number;
  expect(peak({ batch })).toBeLessThanOrEqual(budget);
  expect(peak({ batch: batch + 1 })).toBeGreaterThan(budget);
  expect(largestBatch(experiment, format, peak({}))).toBe(64);
  expect(largestBatch(experiment, format, 1000)).toBeUndefined();
});

test('a plan over the budget is refused with ways on that fit', () => {
  expect(checkBudget(experiment, format, undefined).ok).toBe(true);
  expect(checkBudget(experiment, format, { bytes: peak({}), setBy: 'user' }).ok).toBe(true);
  const budget = 0.7 * peak({});
  const refused = checkBudget(experiment, format, { bytes: budget, setBy: 'user' });
  if (refused.ok) throw new Error('it was not refused');
  expect(refused.error).toMatchObject({ fault: 'over-budget', message: expect.stringContaining('largest batch') });
  expect(refused.error.message).toContain('your memory budget');
  expect(checkBudget(experiment, format, { bytes: budget, setBy: 'teacher' })).toMatchObject({
    error: { message: expect.stringContaining("the teacher's link allows") },
  });
  const remedies = refused.error.remedies ?? [];
  expect(remedies.map(({ words }) => words.replace(/,? [\d.]+ MB/, ''))).toContain('every block a module');
  for (const remedy of remedies) expect(peak(expectOk(parseExperiment(remedy.experiment)))).toBeLessThanOrEqual(budget);
});

test('a device without memory: who asks for the most, and what needs less', () => {
  const problem = withRemedies({ message: 'The GPU has no room.', fault: 'out-of-memory' }, experiment, format);
  expect(problem.message).toMatch(
    /planned at [\d.]+ MB\. The most is asked for by (module \d|shared): [\d.]+ MB for \w+, [\d.]+ MB for \w+/,
  );
  expect(problem.remedies?.length).toBeGreaterThan(0);
  expect(withRemedies({ message: 'other' }, experiment, format)).toEqual({ message: 'other' });
});

test('what cannot help is not offered', () => {
  const bp = { ...expectOk(presetExperiment('bp/resnet20')), data: 'synthetic', batch: 64 } as const;
  const offered = remediesFor(bp, format, 0.5 * planStep(configurationOf(bp, format)).peakBytes);
  expect(offered.every(({ words }) => words.startsWith('batch'))).toBe(true);
});
