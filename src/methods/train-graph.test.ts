import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { imageFormats } from '../datasets/image-formats.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { presetExperiment } from '../experiment/presets.ts';
import type { StepGraph } from '../graph/graph.ts';
import { configurationOf } from './configuration.ts';
import { preview } from './preview.ts';
import { buildTrainGraph } from './train-graph.ts';

const configured = (preset: string, changes: Partial<Experiment> = {}) => {
  const experiment = { ...expectOk(presetExperiment(preset)), ...changes };
  return { experiment, configuration: configurationOf(experiment, imageFormats['cifar-10']) };
};

const graphOf = (preset: string, changes: Partial<Experiment> = {}): StepGraph =>
  buildTrainGraph(configured(preset, changes).configuration).graph;

const backboneConvolutions = (graph: StepGraph, kind: string) =>
  graph.nodes.filter((node) => {
    if (node.kind !== kind) return false;
    const weights = node.kind === 'conv2d' || node.kind === 'conv2dInputGradient' ? node.inputs.weights : [];
    const [weight] = node.kind === 'conv2dParameterGradient' ? node.outputs.dweights : weights;
    const owner = graph.values[weight as number]?.owner ?? '';
    return owner === 'stem' || owner.startsWith('block.');
  }).length;

describe('the one-forward-pass schedule', () => {
  // ResNet-20: 19 convolutions of 3x3 and 2 shortcuts.
  test.each([
    ['bp/resnet20', {}],
    ['dgl/resnet20-all', {}],
    ['hpff-released/resnet20-all', {}],
    ['hpff-released/resnet20-all', { window: 4, bn: 'once' }],
    ['infopro/resnet20-k4', { window: 4 }],
  ] as const)('%s %j forwards no module twice and pulls its parameters back once', (preset, changes) => {
    const graph = graphOf(preset, changes);
    expect(backboneConvolutions(graph, 'conv2d')).toBe(21);
    expect(backboneConvolutions(graph, 'conv2dParameterGradient')).toBe(21);
  });

  test('back-propagation through nine modules is plain back-propagation', () => {
    const cut = graphOf('bp/resnet20-all');
    const whole = graphOf('bp/resnet20-k1');
    const kinds = (graph: StepGraph) =>
      graph.nodes
        .filter(({ module }) => module !== -2)
        .map(({ kind }) => kind)
        .sort();
    expect(kinds(cut)).toEqual(kinds(whole));
  });
});

describe('preview', () => {
  const planned = (preset: string, changes: Partial<Experiment> = {}) => {
    const { experiment, configuration } = configured(preset, changes);
    return preview(configuration, experiment);
  };

  test('counts 6.62e9 multiply-adds for back-propagation on ResNet-32, batch 32', () => {
    expect(planned('bp/resnet32', { batch: 32 }).multiplyAdds / 1e9).toBeCloseTo(6.62, 2);
  });

  test('holds the memory the schedule promises, as a share of back-propagation', () => {
    const share = (preset: string) => {
      const { peakBytes, bpPeakBytes } = planned(preset, { batch: 128 });
      return peakBytes / bpPeakBytes;
    };
    expect(share('hpff-released/resnet32-k8')).toBeLessThan(0.65);
    expect(share('hpff-released/resnet32-all')).toBeLessThan(0.45);
    expect(share('hpff-released/resnet32-k2')).toBeGreaterThan(1);
  });

  test('needs less memory with fewer patches at once', () => {
    const bytes = (patchesAtOnce: number) =>
      planned('hpff-paper/resnet8-k3', { pff: 'paper', patches: 4, patchesAtOnce, aux: '2c2f' }).peakBytes;
    expect(bytes(1)).toBeLessThan(bytes(16));
  });

  test('leaves probes out', () => {
    expect(planned('quick', { probes: true }).peakBytes).toBe(planned('quick', { probes: false }).peakBytes);
  });

  test('names what no loss reaches under the released weights', () => {
    expect(planned('hpff-released/resnet8-k3').withoutGradient).toEqual([
      'module 0',
      'classifier of the cascade auxiliary network of module 1',
      'decoder of the cascade auxiliary network of module 1',
    ]);
    expect(planned('quick').withoutGradient).toEqual([]);
  });

  test('has a row for every module and one for what they share, and a course that ends below the peak', () => {
    const { modules, course, nodes, peakBytes } = planned('hpff-released/resnet32-k8', { batch: 8 });
    expect(modules.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 8 }, (_, index) => `module ${index}`),
      'shared',
    ]);
    expect(course.bytes).toHaveLength(nodes);
    expect(Math.max(...course.bytes)).toBeLessThanOrEqual(peakBytes);
  });
});
