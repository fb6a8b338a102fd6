import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { imageFormats } from '../datasets/image-formats.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { presetExperiment } from '../experiment/presets.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { configurationOf } from './configuration.ts';
import { Planner, remediesFor } from './memory-remedies.ts';
import { planStep } from './preview.ts';

const format = imageFormats.synthetic;
const of = (preset: string, change: Partial<Experiment> = {}): Experiment => ({
  ...expectOk(presetExperiment(preset)),
  data: 'synthetic',
  batch: 64,
  ...change,
});
const peak = (experiment: Experiment) => planStep(configurationOf(experiment, format)).peakBytes;

/** What is offered for a budget: the words without figures of bytes. Each must fit, and need what its words say. */
function offered(experiment: Experiment, bytes: number): string[] {
  return remediesFor(experiment, new Planner(format), bytes).map((remedy) => {
    const bytesThen = peak(expectOk(parseExperiment(remedy.experiment)));
    expect(bytesThen).toBeLessThanOrEqual(bytes);
    expect(remedy.words).toContain(`${(bytesThen / 1e6).toFixed(1)} MB`);
    return remedy.words.replace(/, [\d.]+ MB$/, '');
  });
}

test('the largest batch fits, and one image more does not', () => {
  const experiment = of('hpff-released/resnet20-k2');
  const planner = new Planner(format);
  const budget = 0.4 * peak(experiment);
  const batch = planner.largestBatch(experiment, budget) as number;
  expect(peak({ ...experiment, batch })).toBeLessThanOrEqual(budget);
  expect(peak({ ...experiment, batch: batch + 1 })).toBeGreaterThan(budget);
  expect(planner.largestBatch(experiment, peak(experiment))).toBe(64);
  expect(planner.largestBatch(experiment, 1000)).toBeUndefined();
});

// Wide decoders on every block: what they hold of all patches together is half of the step.
const wideDecoders = of('hpff-released/resnet8-all', { decoderHidden: 128 });

test('one patch at a time is offered first where it alone fits, and nothing more is changed', () => {
  const budget = 0.6 * peak(wideDecoders);
  expect(peak({ ...wideDecoders, patchesAtOnce: 1 })).toBeLessThan(budget);
  expect(offered(wideDecoders, budget)).toEqual(['one patch at a time', expect.stringMatching(/^batch \d+$/)]);
});

test('with a smaller batch where neither alone does, and more images with it than without', () => {
  const words = offered(wideDecoders, 0.4 * peak(wideDecoders));
  const [alone = '', together = '', ...others] = words;
  expect(others).toEqual([]);
  const batches = [/^batch (\d+)$/.exec(alone), /^one patch at a time, batch (\d+)$/.exec(together)];
  const [without = 0, withPatches = 0] = batches.map((found) => Number(found?.[1]));
  expect(without).toBeGreaterThan(1);
  expect(withPatches).toBeGreaterThan(1.5 * without);
});

test('both together only where they hold less than either', () => {
  const experiment = of('hpff-released/resnet20-k2', { decoderHidden: 48 });
  const changes = [{}, { patchesAtOnce: 1 }, { cuts: 'all' }, { cuts: 'all', patchesAtOnce: 1 }] as const;
  const [own, patches, blocks, both] = changes.map((change) => peak({ ...experiment, ...change })) as [
    number,
    number,
    number,
    number,
  ];
  expect(both).toBeLessThan(0.8 * Math.min(own, patches, blocks));
  expect(offered(experiment, 1.1 * both)).toEqual([
    expect.stringMatching(/^batch \d+$/),
    'every block a module, one patch at a time',
  ]);
  expect(offered(experiment, 1.01 * blocks)).toEqual([expect.stringMatching(/^batch \d+$/), 'every block a module']);
  for (const preset of ['hpff-paper/resnet20-all', 'hpff-released/resnet20-k2', 'hpff-paper/resnet32-k8']) {
    const other = of(preset);
    // Patches hold no less there.
    for (const word of offered(other, 0.8 * peak(other))) expect(word).not.toMatch(/one patch/);
  }
});

test('what cannot help is not offered', () => {
  const bp = of('bp/resnet20');
  expect(offered(bp, 0.5 * peak(bp)).every((words) => words.startsWith('batch'))).toBe(true);
});

test('a smaller network where no batch of this one fits', () => {
  const words = offered(of('hpff-released/resnet32-all'), 8e6);
  expect(words).toEqual([expect.stringMatching(/^resnet\d+/), expect.stringMatching(/^widths \d+, \d+, \d+, \d+/)]);
  expect(offered(of('hpff-released/resnet32-all'), 1e5)).toEqual([]);
});
