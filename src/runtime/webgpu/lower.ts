import type { StepGraph } from '../../graph/graph.ts';
import type { GraphNode, Phase } from '../../graph/node.ts';
import type { Kernel, Lowering } from './kernel.ts';
import { lowerAugmentNormalise } from './kernels/augmentation.ts';
import { lowerBatchNormGradient } from './kernels/batch-norm-gradient.ts';
import { lowerBatchStatistics } from './kernels/batch-statistics.ts';
import { lowerBinaryCrossEntropy } from './kernels/binary-cross-entropy.ts';
import { lowerContrast } from './kernels/contrast.ts';
import { lowerConv2d, lowerConv2dInputGradient } from './kernels/convolution.ts';
import { lowerConv2dParameterGradient } from './kernels/convolution-parameter-gradient.ts';
import { lowerAdd, lowerCopy } from './kernels/elementwise.ts';
import { lowerSpreadGroups, lowerSumGroups } from './kernels/groups.ts';
import { lowerL2Normalise, lowerL2NormaliseGradient } from './kernels/l2-normalise.ts';
import { lowerLinear, lowerLinearInputGradient, lowerLinearParameterGradient } from './kernels/linear.ts';
import { lowerNormalise } from './kernels/normalise.ts';
import { lowerGlobalAveragePool, lowerGlobalAveragePoolGradient } from './kernels/pooling.ts';
import { lowerSgdUpdate } from './kernels/sgd.ts';
import { lowerSoftmaxCrossEntropy } from './kernels/softmax-cross-entropy.ts';

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
      return lowerAugmentNormalise(node, lowering);
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
      return lowerGlobalAveragePool(node, lowering);
    case 'globalAveragePoolGradient':
      return lowerGlobalAveragePoolGradient(node, lowering);
    case 'linear':
      return lowerLinear(node, lowering);
    case 'linearInputGradient':
      return lowerLinearInputGradient(node, lowering);
    case 'linearParameterGradient':
      return lowerLinearParameterGradient(node, lowering);
    case 'sumGroups':
      return lowerSumGroups(node, lowering);
    case 'spreadGroups':
      return lowerSpreadGroups(node, lowering);
    case 'softmaxCrossEntropy':
      return lowerSoftmaxCrossEntropy(node, lowering);
    case 'binaryCrossEntropy':
      return lowerBinaryCrossEntropy(node, lowering, index);
    case 'l2Normalise':
      return lowerL2Normalise(node, lowering);
    case 'l2NormaliseGradient':
      return lowerL2NormaliseGradient(node, lowering);
    case 'contrast':
      return lowerContrast(node, lowering, index);
    case 'add':
      return lowerAdd(node, lowering);
    case 'copy':
      return lowerCopy(node, lowering);
    case 'sgdUpdate':
      return lowerSgdUpdate(node, lowering);
  }
}
