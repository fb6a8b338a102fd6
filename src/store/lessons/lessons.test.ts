import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { parseExperiment } from '../../experiment/schema.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { walkStep } from '../../methods/step-walk.ts';
import { modulesOf } from '../compare/experiment-words.ts';
import { lessons } from './lessons.ts';

const { steps, words } = lessons['from-bp-to-hpff'];

const stepOf = (name: string) => {
  const found = steps.find((step) => step.name === name);
  if (found === undefined) throw new Error(`the lesson has no step ${name}`);
  return found;
};
const experimentOf = (name: string) => stepOf(name).experiment;
const planOf = (experiment: Experiment) => preview(configurationOf(experiment), experiment);
const walkOf = (experiment: Experiment) => walkStep(configurationOf(experiment));

/** Memory and arithmetic of an experiment as shares of back-propagation's. */
function costOf(experiment: Experiment) {
  const { peakBytes, bpPeakBytes, multiplyAdds, bpMultiplyAdds } = planOf(experiment);
  return { memory: peakBytes / bpPeakBytes, arithmetic: multiplyAdds / bpMultiplyAdds };
}

/** Most modules at one time that have gone forward and still wait for a gradient. */
function heldAtOnce(experiment: Experiment): number {
  const { groups } = walkOf(experiment);
  const held = new Set<number>();
  let most = 0;
  groups.forEach(({ deed, module }, index) => {
    if (deed.kind === 'forward') held.add(module);
    most = Math.max(most, held.size);
    const again = groups.slice(index + 1).some((later) => later.deed.kind === 'pullback' && later.module === module);
    if (deed.kind === 'pullback' && !again) held.delete(module);
  });
  return most;
}

/** Total transient bytes held after each group. */
const heldBytes = (experiment: Experiment) =>
  walkOf(experiment).groups.map(({ deed, heldBytes }) => ({
    kind: deed.kind,
    bytes: heldBytes.reduce((sum, bytes) => sum + bytes, 0),
  }));

it('has six steps on one narrow ResNet-32 and the built-in images, as it says, and each is a valid experiment', () => {
  expect(words).toMatch(/^Six small experiments on one narrow ResNet-32 and the built-in images\./);
  expect(steps).toHaveLength(6);
  expect(new Set(steps.map(({ name }) => name)).size).toBe(6);
  const [first] = steps;
  for (const { experiment, notice } of steps) {
    expect(expectOk(parseExperiment(structuredClone(experiment)))).toEqual(experiment);
    expect(experiment).toMatchObject({ network: 'resnet32', widths: first?.experiment.widths, data: 'synthetic' });
    expect(notice).toMatch(/[.?]$/);
  }
});

it('has the K that its titles name', () => {
  const named = steps.flatMap(({ title, experiment }) => {
    const [, modules] = /K = (\d+)/.exec(title) ?? [];
    return modules === undefined ? [] : [[Number(modules), modulesOf(experiment)]];
  });
  expect(named).toHaveLength(2);
  for (const [said, is] of named) expect(said).toBe(is);
});

describe('what is to be noticed is true of the plan', () => {
  it('back-propagation holds what the way forward made until the loss is known', () => {
    const held = heldBytes(experimentOf('bp'));
    const heldAfter = (kind: string) => held.findLast((group) => group.kind === kind)?.bytes ?? Number.NaN;
    const most = Math.max(...held.map(({ bytes }) => bytes));
    expect(heldAfter('forward')).toBeGreaterThan(0.95 * most);
    expect(heldAfter('loss')).toBeGreaterThanOrEqual(heldAfter('forward'));
    expect(heldAfter('pullback')).toBeLessThan(0.05 * most);
  });

  it('blocks that learn alone need a fraction of its memory, one module held at a time, and no gradient crosses a border', () => {
    const alone = experimentOf('greedy');
    expect(costOf(alone).memory).toBeLessThan(0.5);
    expect(heldAtOnce(alone)).toBe(1);
    expect(walkOf(alone).groups.some(({ deed }) => deed.kind === 'pullback' && deed.crosses)).toBe(false);
  });

  it('better heads cost arithmetic in every module but the last, and hardly memory', () => {
    const [before, after] = [planOf(experimentOf('greedy')), planOf(experimentOf('dgl'))];
    const modules = modulesOf(experimentOf('dgl'));
    for (let module = 0; module < modules - 1; module++)
      expect(after.modules[module]?.multiplyAdds).toBeGreaterThan(before.modules[module]?.multiplyAdds ?? Number.NaN);
    expect(after.modules[modules - 1]?.multiplyAdds).toBe(before.modules[modules - 1]?.multiplyAdds);
    expect(after.peakBytes / before.peakBytes).toBeLessThan(1.15);
  });

  it('with HiLo gradients cross one border, through inputs only, and two modules are held instead of one', () => {
    const hilo = experimentOf('hilo');
    const crossings = walkOf(hilo).groups.flatMap(({ deed, module }) =>
      deed.kind === 'pullback' && deed.crosses ? [{ module, parameters: deed.parameters }] : [],
    );
    // Once for every module but the first.
    expect(crossings.map(({ module }) => module)).toEqual(
      Array.from({ length: modulesOf(hilo) - 1 }, (_, index) => index + 1),
    );
    expect(crossings.every(({ parameters }) => !parameters)).toBe(true);
    expect(heldAtOnce(experimentOf('dgl'))).toBe(1);
    expect(heldAtOnce(hilo)).toBe(2);
  });

  it('with PFF there are four patches, one at a time; all at once would add more than twice as much memory', () => {
    const hpff = experimentOf('hpff');
    const { patches, patchesAtOnce } = configurationOf(hpff);
    expect([patches * patches, patchesAtOnce]).toEqual([4, 1]);
    const without = costOf(experimentOf('hilo')).memory;
    const added = costOf(hpff).memory - without;
    expect(added / without).toBeLessThan(0.2);
    expect(costOf({ ...hpff, patchesAtOnce: 'all' }).memory - without).toBeGreaterThan(2 * added);
  });

  it('at K = 3 two of three modules are held, memory is about that of back-propagation and arithmetic is more', () => {
    const few = experimentOf('few');
    expect(heldAtOnce(few)).toBe(2);
    expect(Math.abs(costOf(few).memory - 1)).toBeLessThan(0.1);
    expect(costOf(few).arithmetic).toBeGreaterThan(1.1);
    // The same method, cut elsewhere.
    expect({ ...few, cuts: 'all' }).toEqual(experimentOf('hpff'));
  });
});
