import { expect, it } from 'vitest';
import { presetExperiment, startingExperiment } from '../../experiment/presets.ts';
import { parseExperiment } from '../../experiment/schema.ts';
import { planSweep } from './sweep-plan.ts';

const base = (name: string) => {
  const preset = presetExperiment(name);
  if (!preset.ok) throw new Error(preset.error.message);
  return preset.value;
};
const titles = (...from: Parameters<typeof planSweep>) => planSweep(...from).members.map(({ title }) => title);

it('goes over K, "all" being the number of blocks', () => {
  expect(
    titles(base('dgl-hilo/resnet32-k8'), { methods: [], cuts: ['k1', 'k2', 'k4', 'k8', 'all'], seeds: 1 }),
  ).toEqual([1, 2, 4, 8, 15].map((modules) => `DGL + HiLo, ResNet-32, K = ${modules}`));
});

it('makes a run once, and says why a combination is not possible', () => {
  const { members, refused } = planSweep(startingExperiment, {
    methods: ['own', 'bp'],
    cuts: ['k3', 'all', 'k8'],
    seeds: 1,
  });
  expect(members.map(({ title }) => title)).toEqual(['InfoPro + HPFF (released), ResNet-8, K = 3', 'BP, ResNet-8']);
  expect(refused.map(({ message }) => message)[0]).toContain('8 modules');
});

it('trains K = 1 once for all methods: it is back-propagation under each', () => {
  const choice = { methods: ['own', 'dgl', 'bp'], cuts: ['k1', 'k2'], seeds: 1 } as const;
  expect(titles(startingExperiment, choice)).toEqual([
    'InfoPro + HPFF (released), ResNet-8, K = 1',
    'InfoPro + HPFF (released), ResNet-8, K = 2',
    'DGL, ResNet-8, K = 2',
  ]);
  expect(titles(startingExperiment, { ...choice, seeds: 2 })).toHaveLength(6);
  expect(planSweep(startingExperiment, choice).sharedBp).toBe(3);
  expect(planSweep(startingExperiment, { ...choice, methods: ['dgl'] }).sharedBp).toBe(0);
});

it('gives every seed a run of its own, back-propagation too', () => {
  expect(titles(startingExperiment, { methods: ['bp', 'dgl'], cuts: [], seeds: 2 })).toEqual([
    'BP, ResNet-8, seed 1',
    'BP, ResNet-8, seed 2',
    'DGL, ResNet-8, K = 3, seed 1',
    'DGL, ResNet-8, K = 3, seed 2',
  ]);
});

it('makes possible experiments of every method at every K', () => {
  const methods = [
    'own',
    'bp',
    'greedy',
    'dgl',
    'dgl-cascade',
    'dgl-hilo',
    'dgl-hpff',
    'infopro',
    'infopro-contrast',
    'hpff-released',
    'hpff-paper',
  ] as const;
  for (const from of ['hpff-released/resnet32-k8', 'bp/resnet32', 'greedy/resnet32-k4']) {
    const { members, refused } = planSweep(base(from), { methods, cuts: ['k1', 'k2', 'k8', 'all'], seeds: 1 });
    expect(refused).toEqual([]);
    expect(members.length).toBeGreaterThan(25);
    for (const { experiment } of members) expect(parseExperiment(experiment).ok).toBe(true);
  }
});
