import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { imageFormatAt, imageFormats } from '../datasets/image-formats.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { configurationOf } from './configuration.ts';
import { checkBudget, withRemedies } from './memory-budget.ts';
import { planStep } from './preview.ts';

const format = imageFormats.synthetic;
const experiment = {
  ...expectOk(presetExperiment('hpff-released/resnet20-k2')),
  data: 'synthetic',
  batch: 64,
} as const;
const peak = (changed: typeof experiment | object) =>
  planStep(configurationOf({ ...experiment, ...changed }, format)).peakBytes;

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

test.each([
  ['hpff-released/resnet32-all', 4],
  ['quick', 4],
  ['bp/resnet8', 2],
  ['bp/resnet8-k3-imagenet', 5],
])('where no batch of %s fits into %d MB, it is said how much would do, and what would need less', (preset, mega) => {
  const large = expectOk(presetExperiment(preset));
  const own = imageFormatAt(large.data, large.resolution);
  const refused = checkBudget(large, own, { bytes: mega * 1e6, setBy: 'user' });
  if (refused.ok) throw new Error('it was not refused');
  const [, least = ''] = /raise the budget to at least ([\d.]+) MB/.exec(refused.error.message) ?? [];
  expect(refused.error.message).toMatch(
    /^.*No batch fits with these settings: .*batch 2 would need .* a narrower network/,
  );
  const enough = { bytes: Number(least) * 1e6, setBy: 'user' } as const;
  const raised = checkBudget(large, own, enough);
  expect(!raised.ok && raised.error.message).toMatch(
    /largest batch that fits is \d+|one patch at a time, batch 2 does/,
  );
  const { network, widths } = large;
  expect(raised).toMatchObject({ error: { remedies: [{ experiment: { network, widths } }] } });
  const teacher = checkBudget(large, own, { bytes: mega * 1e6, setBy: 'teacher' });
  expect(!teacher.ok && teacher.error.message).toContain(`ask for a link that allows at least ${least} MB`);
});

test.each(['quick', 'bp/resnet8'])('a device without memory for two images of %s: there is a way on', (preset) => {
  const small = { ...expectOk(presetExperiment(preset)), data: 'synthetic', batch: 2 } as const;
  const problem = withRemedies({ message: 'The GPU has no room.', fault: 'out-of-memory' }, small, format);
  expect(problem.remedies?.length).toBeGreaterThan(0);
});

test('where nothing needs less, there is something to do all the same', () => {
  const least = {
    ...expectOk(presetExperiment('bp/resnet8')),
    data: 'synthetic',
    batch: 2,
    widths: [1, 1, 1, 1],
  } as const;
  const problem = withRemedies({ message: 'The GPU has no room.', fault: 'out-of-memory' }, least, format);
  expect(problem.remedies).toEqual([]);
  expect(problem.message).toContain('Close other pages that use the GPU');
});
