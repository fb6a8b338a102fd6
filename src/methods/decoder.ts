import type { GraphBuilder, ParameterRange, TensorShape } from '../graph/builder.ts';
import { conv2d } from '../graph/kinds/convolution.ts';
import { binaryCrossEntropy } from '../graph/kinds/losses.ts';
import { pullback } from '../graph/pullback.ts';
import type { ValueId } from '../graph/value.ts';
import {
  type BatchNormMode,
  batchNorm,
  batchNormOf,
  batchNormTensors,
  runningMomentum,
} from '../network/batch-norm.ts';
import type { ModuleShape } from '../network/network-shape.ts';
import { convolutionTensor } from '../network/resnet.ts';
import type { StepConfiguration } from './configuration.ts';
import { type Chain, decoderChains, decoderGrid } from './patches.ts';
import { type Purpose, weightName } from './terms.ts';

/** Decoders of their own for every patch in the released form, one for all in the paper's (method.md 5). */
const decoderCount = (configuration: StepConfiguration): number =>
  configuration.pff === 'released' ? decoderGrid(configuration) ** 2 : 1;

/** Declares the decoders of one auxiliary network, tensor by tensor over the patches, so that a group's lie side by side. */
export function declareDecoder(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  index: number,
  purpose: Purpose,
): ParameterRange {
  const hidden = Math.trunc(configuration.decoderHidden * configuration.widen);
  const ofOne: TensorShape[] = [
    convolutionTensor('0.weight', 3, module.width, hidden),
    biasTensor('0.bias', 3, module.width, hidden),
    ...batchNormTensors('1', hidden),
    convolutionTensor('3.weight', 3, hidden, 3),
    biasTensor('3.bias', 3, hidden, 3),
  ];
  const count = decoderCount(configuration);
  const tensors = ofOne.flatMap((tensor) =>
    Array.from({ length: count }, (_, patch) => ({ ...tensor, name: `patch.${patch}.${tensor.name}` })),
  );
  const owner = `decoder.${module.last}.${purpose}.${configuration.pff}.${decoderGrid(configuration)}`;
  return builder.within({ owner, module: index }, () => builder.parameters(tensors));
}

/** A convolution's bias, drawn uniform in +-1/sqrt(fan in). */
function biasTensor(name: string, kernel: number, inputs: number, outputs: number): TensorShape {
  return { name, shape: [outputs], initial: { kind: 'uniform', bound: 1 / Math.sqrt(kernel * kernel * inputs) } };
}

export interface DecoderStep {
  /** One metric a chain; the reconstruction loss is their sum. */
  readonly metrics: readonly ValueId[];
  readonly cotangent: ValueId;
}

/** Appends the reconstruction loss of h against the image and its pullback, chain by chain: each goes forward and back alone. */
export function decoderStep(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  module: ModuleShape,
  range: ParameterRange,
  h: ValueId,
  options: { readonly image: ValueId; readonly purpose: Purpose; readonly accumulate: ValueId | undefined },
): DecoderStep {
  const metrics: ValueId[] = [];
  const grid = decoderGrid(configuration);
  const { mean, std } = configuration.format;
  let arrived = options.accumulate;
  for (const chain of decoderChains(configuration)) {
    const start = builder.nodes.length;
    const mode = { kind: 'train', momentum: runningMomentum(1) } as const;
    const logits = chainForward(builder, configuration, range, h, chain, { within: chain, mode });
    const forward = builder.nodes.slice(start);
    const { metric, cotangent } = binaryCrossEntropy(
      builder,
      logits,
      options.image,
      `${options.purpose}.${module.last}.reconstruction.${chain.first}`,
      {
        weight: weightName(module.last, options.purpose, 'reconstruction'),
        scale: configuration.pff === 'paper' ? 1 / (grid * grid) : 1,
        grid,
        first: chain.first,
        groups: chain.groups,
        mean,
        std,
      },
    );
    metrics.push(metric);
    const wanted = { input: h, parameters: true };
    arrived = pullback(builder, forward, new Map([[logits, cotangent]]), wanted, {
      accumulate: arrived,
      recompute: false,
    });
  }
  return { metrics, cotangent: arrived as ValueId };
}

/** Logits [groups*B,h,w,3] of some patches in a row. */
export interface PatchLogits {
  readonly logits: ValueId;
  readonly first: number;
  readonly groups: number;
}

/** Appends the decoders' logits on features h with running statistics, to look at them. */
export function decoderLogits(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  range: ParameterRange,
  h: ValueId,
): PatchLogits[] {
  const own = decoderCount(configuration) > 1;
  return decoderChains(configuration).flatMap((chain) => {
    // Evaluation knows one set of statistics for all rows, so decoders of their own go patch by patch.
    const alone = Array.from({ length: own ? chain.groups : 0 }, (_, index): Chain => {
      const first = chain.first + index;
      return { groups: 1, first, sample: chain.sample && { ...chain.sample, first, count: 1 } };
    });
    return (own ? alone : [chain]).map((part) => ({
      logits: chainForward(builder, configuration, range, h, part, { within: chain, mode: { kind: 'evaluate' } }),
      first: part.first,
      groups: part.groups,
    }));
  });
}

/** One chain's logits. `within`: the chain of the training step it is a part of, whose running statistics lie side by side. */
function chainForward(
  builder: GraphBuilder,
  configuration: StepConfiguration,
  range: ParameterRange,
  h: ValueId,
  { groups, first, sample }: Chain,
  { within, mode }: { readonly within: Chain; readonly mode: BatchNormMode },
): ValueId {
  const own = decoderCount(configuration) > 1;
  const patchesOf = (chain: Chain) =>
    own ? Array.from({ length: chain.groups }, (_, index) => chain.first + index) : [0];
  const patches = patchesOf({ groups, first, sample });
  const tensors = (name: string) => patches.map((patch) => range.tensors.get(`patch.${patch}.${name}`) as ValueId);
  const convolved = conv2d(builder, h, tensors('0.weight'), {
    stride: 1,
    padding: 1,
    sample,
    biases: tensors('0.bias'),
  });
  const all = batchNormOf(
    builder,
    range,
    patchesOf(within).map((patch) => `patch.${patch}.1`),
  );
  const from = own ? first - within.first : 0;
  const piece = (ids: readonly ValueId[]) => ids.slice(from, from + patches.length);
  const norm = {
    gammas: piece(all.gammas),
    betas: piece(all.betas),
    runningMeans: piece(all.runningMeans),
    runningVariances: piece(all.runningVariances),
  };
  const hidden = batchNorm(builder, convolved, norm, mode, { groups, relu: true });
  return conv2d(builder, hidden, tensors('3.weight'), { stride: 1, padding: 1, biases: tensors('3.bias') });
}
