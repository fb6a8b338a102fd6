import type { GraphNode } from '../../graph/node.ts';
import { runAugmentNormalise } from './augmentation.ts';
import { runBatchNormGradient, runBatchStatistics, runNormalise } from './batch-normalisation.ts';
import { runBinaryCrossEntropy } from './binary-cross-entropy.ts';
import type { NodeContext } from './context.ts';
import { runContrast } from './contrast.ts';
import { runConv2d, runConv2dInputGradient, runConv2dParameterGradient } from './convolution.ts';
import { runAdd, runCopy, runSpreadGroups, runSumGroups } from './elementwise.ts';
import { runL2Normalise, runL2NormaliseGradient } from './l2-normalise.ts';
import { runLinear, runLinearInputGradient, runLinearParameterGradient } from './linear.ts';
import { runGlobalAveragePool, runGlobalAveragePoolGradient } from './pooling.ts';
import { runSgdUpdate } from './sgd.ts';
import { runSoftmaxCrossEntropy } from './softmax-cross-entropy.ts';

/** Runs one node: reads its inputs from the context and sets its outputs there. Throws what tfjs throws. */
export function runNode(node: GraphNode, context: NodeContext): void {
  switch (node.kind) {
    case 'augmentNormalise':
      runAugmentNormalise(node, context);
      break;
    case 'conv2d':
      runConv2d(node, context);
      break;
    case 'conv2dInputGradient':
      runConv2dInputGradient(node, context);
      break;
    case 'conv2dParameterGradient':
      runConv2dParameterGradient(node, context);
      break;
    case 'batchStatistics':
      runBatchStatistics(node, context);
      break;
    case 'normalise':
      runNormalise(node, context);
      break;
    case 'batchNormGradient':
      runBatchNormGradient(node, context);
      break;
    case 'globalAveragePool':
      runGlobalAveragePool(node, context);
      break;
    case 'globalAveragePoolGradient':
      runGlobalAveragePoolGradient(node, context);
      break;
    case 'linear':
      runLinear(node, context);
      break;
    case 'linearInputGradient':
      runLinearInputGradient(node, context);
      break;
    case 'linearParameterGradient':
      runLinearParameterGradient(node, context);
      break;
    case 'sumGroups':
      runSumGroups(node, context);
      break;
    case 'spreadGroups':
      runSpreadGroups(node, context);
      break;
    case 'softmaxCrossEntropy':
      runSoftmaxCrossEntropy(node, context);
      break;
    case 'binaryCrossEntropy':
      runBinaryCrossEntropy(node, context);
      break;
    case 'l2Normalise':
      runL2Normalise(node, context);
      break;
    case 'l2NormaliseGradient':
      runL2NormaliseGradient(node, context);
      break;
    case 'contrast':
      runContrast(node, context);
      break;
    case 'add':
      runAdd(node, context);
      break;
    case 'copy':
      runCopy(node, context);
      break;
    case 'sgdUpdate':
      runSgdUpdate(node, context);
      break;
    default:
      unknownKind(node);
  }
}

function unknownKind(node: never): never {
  throw new Error(`unknown node ${JSON.stringify(node)}`);
}
