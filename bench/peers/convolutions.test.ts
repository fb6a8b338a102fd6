import { expect, test } from 'vitest';
import { multiplyAdds } from '../../src/graph/operation-count.ts';
import { configurationOf } from '../../src/methods/configuration.ts';
import { benchExperiment } from '../cases/experiment.ts';
import { convolutionGraph, convolutionsOf, describeConvolution, directions, multiplyAddsOf } from './convolutions.ts';

const shapes = convolutionsOf(configurationOf(benchExperiment('bp/resnet32', 4)).network, 4);

test('ResNet-32 has eight shapes of convolution', () => {
  expect(shapes.map(describeConvolution)).toEqual([
    '3 to 16, 3x3, 32x32',
    '16 to 16, 3x3, 32x32',
    '16 to 32, 3x3, 32x32, stride 2',
    '16 to 32, 1x1, 32x32, stride 2',
    '32 to 32, 3x3, 16x16',
    '32 to 64, 3x3, 16x16, stride 2',
    '32 to 64, 1x1, 16x16, stride 2',
    '64 to 64, 3x3, 8x8',
  ]);
});

test('every direction is one node, of the same arithmetic', () => {
  for (const shape of shapes)
    for (const direction of directions) {
      const graph = convolutionGraph(shape, direction);
      expect(graph.nodes.length).toBe(1);
      expect(graph.nodes.map((node) => multiplyAdds(graph, node))).toEqual([multiplyAddsOf(shape)]);
    }
});
