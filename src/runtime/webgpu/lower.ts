import type { StepGraph } from '../../graph/graph.ts';
import type { GraphNode, Phase } from '../../graph/node.ts';
import type { Kernel, Lowering } from './kernel.ts';
import { lowerBatchNormGradient } from './kernels/batch-norm-gradient.ts';
import { lowerBatchStatistics } from './kernels/batch-statistics.ts';
import { lowerConv2d, lowerConv2dInputGradient } from './kernels/convolution.ts';
import { lowerConv2dParameterGradient } from './kernels/convolution-parameter-gradient.ts';
import { lowerNormalise } from './kernels/normalise.ts';

/** A kernel and the node it belongs to. */
export interface LoweredKernel {
  readonly kernel: Kernel;
  readonly node: number;
  readonly phase: Phase;
}

/** The kernels of a graph in the order they run. */
export function lowerGraph(graph: StepGraph, lowering: Lowering): LoweredKernel[] {
  return graph.nodes.flatMap((node, index) =>
    lowerNode(node, lowering, index).map((kernel) => ({ kernel, node: index, phase: node.phase })),
  );
}

function lowerNode(node: GraphNode, lowering: Lowering, index: number): Kernel[] {
  switch (node.kind) {
    case 'augmentNormalise':
      throw new Error('later');
    case 'conv2d':
      return lowerConv2d(node, lowering);
    case 'conv2dInputGradient':
      return lowerConv2dInputGradient(node, lowering);
    case 'conv2dParameterGradient':
      return lowerConv2dParameterGradient(node, lowering, index);
    case 'batchStatistics':
      return lowerBatchStatistics(node, lowering, index);
    case 'normalise':
      return lowerNormalise(node, lowering, index);
    case 'batchNormGradient':
      return lowerBatchNormGradient(node, lowering, index);
    case 'globalAveragePool':
      throw new Error('later');
    case 'globalAveragePoolGradient':
      throw new Error('later');
    case 'linear':
      throw new Error('later');
    case 'linearInputGradient':
      throw new Error('later');
    case 'linearParameterGradient':
      throw new Error('later');
    case 'sumGroups':
      throw new Error('later');
    case 'spreadGroups':
      throw new Error('later');
    case 'softmaxCrossEntropy':
      throw new Error('later');
    case 'binaryCrossEntropy':
      throw new Error('later');
    case 'l2Normalise':
      throw new Error('later');
    case 'l2NormaliseGradient':
      throw new Error('later');
    case 'contrast':
      throw new Error('later');
    case 'add':
      throw new Error('later');
    case 'sgdUpdate':
      throw new Error('later');
  }
}
