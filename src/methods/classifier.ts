import type { GraphBuilder, ParameterRange, TensorShape } from '../graph/builder.ts';
import type { BatchStatisticsValues } from '../graph/kinds/batch-normalisation.ts';
import { conv2d } from '../graph/kinds/convolution.ts';
import { l2Normalise, linear } from '../graph/kinds/linear.ts';
import { contrast, type LossValues, softmaxCrossEntropy } from '../graph/kinds/losses.ts';
import { globalAveragePool, sumGroups } from '../graph/kinds/pooling.ts';
import { type PullbackOptions, pullback } from '../graph/pullback.ts';
import type { ValueId } from '../graph/value.ts';
import {
  type BatchNormMode,
  batchNorm,
  batchNormOf,
  batchNormTensors,
  runningMomentum,
} from '../network/batch-norm.ts';
import type { ModuleShape } from '../network/network-shape.ts';
import { convolutionTensor, linearTensors } from '../network/resnet.ts';
import type { StepConfiguration } from './configuration.ts';
import { type Chain, classifierChains } from './patches.ts';
import { type Purpose, weightName } from './terms.ts';

/** Declares the `NcMf` classifier of one auxiliary network (method.md 3). */
export function declareClassifier(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  index: number,
  purpose: Purpose,
): ParameterRange {
  const { aux, auxDim, widen, localLoss, network } = configuration;
  const tensors: TensorShape[] = [];
  const next = network.widths[Math.min(module.stage + 1, network.widths.length - 1)] as number;
  let inputs = module.width;
  for (let layer = 0; layer < aux.convolutions; layer++) {
    const outputs = Math.trunc(next * widen);
    tensors.push(convolutionTensor(`convs.${3 * layer}.weight`, 3, inputs, outputs));
    tensors.push(...batchNormTensors(`convs.${3 * layer + 1}`, outputs));
    inputs = outputs;
  }
  for (let layer = 0; layer < aux.layers; layer++) {
    const last = layer === aux.layers - 1;
    const features = localLoss === 'contrast' ? auxDim : network.classes;
    const outputs = last ? features : Math.trunc(auxDim * widen);
    tensors.push(...linearTensors(`fcs.${layer}`, inputs, outputs));
    inputs = outputs;
  }
  const owner = `classifier.${module.last}.${purpose}.${aux.name}.${localLoss}`;
  return builder.within({ owner, module: index }, () => builder.parameters(tensors));
}

/**
 * Appends the classifier's output [B,O] on features h; with patches the mean over them, in row-major order. `note` is told the output
 * [groups*B,O] of every chain.
 */
export function classifierForward(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  range: ParameterRange,
  h: ValueId,
  mode: BatchNormMode,
  note: (output: ValueId, chain: Chain) => void = () => {},
): ValueId {
  const all = classifierChains(configuration, builder.shape(h));
  let mean: ValueId | undefined;
  for (const chain of all) {
    const output = chainForward(builder, configuration, module, range, h, chain, mode);
    note(output, chain);
    if (chain.sample === undefined) return output;
    const scale = 1 / (all.length * chain.groups);
    mean = sumGroups(builder, output, { groups: chain.groups, scale, accumulate: mean });
  }
  return mean as ValueId;
}

export interface ClassifierStep {
  readonly metric: ValueId;
  /** Cotangent at h, what was to be accumulated included. */
  readonly cotangent: ValueId;
}

/**
 * Appends the classifier's forward pass, its task loss and its whole pullback. One chain keeps its activations; with
 * several, pass 1 computes the mean and keeps nothing, pass 2 redoes each chain and pulls it back (method.md 5).
 */
export function classifierStep(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  range: ParameterRange,
  h: ValueId,
  options: { readonly labels: ValueId; readonly purpose: Purpose; readonly accumulate: ValueId | undefined },
): ClassifierStep {
  const all = classifierChains(configuration, builder.shape(h));
  const recorded: BatchStatisticsValues[] = [];
  const mode: BatchNormMode = { kind: 'train', momentum: runningMomentum(1), record: recorded };
  const start = builder.nodes.length;
  const output = classifierForward(builder, configuration, module, range, h, mode);
  const forward = builder.nodes.slice(start);
  const { metric, cotangent } = taskLoss(builder, configuration, module, output, options);
  const pullOptions = (accumulate: ValueId | undefined): PullbackOptions => ({ accumulate, recompute: false });
  const wanted = { input: h, parameters: true };

  if (all.length === 1) {
    const pulled = pullback(builder, forward, new Map([[output, cotangent]]), wanted, pullOptions(options.accumulate));
    return { metric, cotangent: pulled as ValueId };
  }
  let arrived = options.accumulate;
  for (const chain of all) {
    const from = builder.nodes.length;
    const again = builder.within({ phase: 'backward' }, () => {
      const part = chainForward(builder, configuration, module, range, h, chain, { kind: 'again', recorded });
      return sumGroups(builder, part, { groups: chain.groups, scale: 1 / (all.length * chain.groups) });
    });
    // The mean itself is known already: only its pullback is wanted.
    const repeated = builder.nodes.slice(from);
    builder.nodes.pop();
    arrived = pullback(builder, repeated, new Map([[again, cotangent]]), wanted, pullOptions(arrived));
  }
  return { metric, cotangent: arrived as ValueId };
}

/** The task loss of the classifier's output and its cotangent there. */
function taskLoss(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  output: ValueId,
  { labels, purpose }: { readonly labels: ValueId; readonly purpose: Purpose },
): LossValues {
  const weight = weightName(module.last, purpose, 'task');
  const label = `${purpose}.${module.last}.task`;
  if (configuration.localLoss === 'cross_entropy') return softmaxCrossEntropy(builder, output, labels, label, weight);
  const start = builder.nodes.length;
  const unit = l2Normalise(builder, output);
  const tail = builder.nodes.slice(start);
  const loss = contrast(builder, unit, labels, label, weight);
  const wanted = { input: output, parameters: false };
  const cotangent = pullback(builder, tail, new Map([[unit, loss.cotangent]]), wanted, { recompute: false });
  return { metric: loss.metric, cotangent: cotangent as ValueId };
}

/** One chain: N convolutions with BN and ReLU, pool, M linear layers with ReLU between; the output has groups*B rows. */
function chainForward(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  range: ParameterRange,
  h: ValueId,
  { groups, sample }: Chain,
  mode: BatchNormMode,
): ValueId {
  const { aux, network } = configuration;
  const tensor = (name: string) => range.tensors.get(name) as ValueId;
  let x = h;
  for (let layer = 0; layer < aux.convolutions; layer++) {
    const stride = layer === 0 && module.stage < network.blocks.length ? 2 : 1;
    const patches = layer === 0 ? sample : undefined;
    x = conv2d(builder, x, [tensor(`convs.${3 * layer}.weight`)], { stride, padding: 1, sample: patches });
    const norm = batchNormOf(builder, range, [`convs.${3 * layer + 1}`]);
    x = batchNorm(builder, x, norm, mode, { groups, relu: true });
  }
  x = globalAveragePool(builder, x, aux.convolutions === 0 ? sample : undefined);
  for (let layer = 0; layer < aux.layers; layer++) {
    const relu = layer < aux.layers - 1;
    x = linear(builder, x, tensor(`fcs.${layer}.weight`), tensor(`fcs.${layer}.bias`), { relu });
  }
  return x;
}
