import { type ImageFormat, imageFormatAt } from '../datasets/image-formats.ts';
import type { Experiment, LocalLoss, Method, PatchForm, RunningStatistics } from '../experiment/experiment.ts';
import { type BlockIndex, blocksPerStage } from '../experiment/networks.ts';
import { resolveCuts } from '../network/cuts.ts';
import type { NetworkShape } from '../network/network-shape.ts';

/** All that shapes the graphs of an experiment, and nothing that changes while they run. */
export interface StepConfiguration {
  readonly network: NetworkShape;
  readonly cuts: readonly BlockIndex[];
  readonly format: ImageFormat;
  readonly method: Method;
  readonly hilo: boolean;
  readonly window: number;
  readonly firstIndependent: boolean;
  readonly pff: PatchForm;
  readonly patches: number;
  readonly patchesAtOnce: number;
  /** Convolutions and linear layers of an `NcMf` head. */
  readonly aux: { readonly name: string; readonly convolutions: number; readonly layers: number };
  readonly auxDim: number;
  readonly widen: number;
  readonly localLoss: LocalLoss;
  readonly decoderHidden: number;
  readonly bn: RunningStatistics;
  readonly batch: number;
  readonly nesterov: boolean;
  readonly probes: boolean;
}

/** Reads an `NcMf` name. */
export function parseHead(name: string): StepConfiguration['aux'] {
  return { name, convolutions: Number(name[0]), layers: Number(name[2]) };
}

/** The configuration of a checked experiment, on images of its data set's format at its resolution unless another is given. Greedy learning means linear heads with cross-entropy. */
export function configurationOf(
  experiment: Experiment,
  format: ImageFormat = imageFormatAt(experiment.data, experiment.resolution),
): StepConfiguration {
  const { network, widths, patches, patchesAtOnce, method } = experiment;
  const count = blocksPerStage[network];
  const greedy = method === 'greedy';
  return {
    network: { blocks: [count, count, count], widths, imageSize: format.imageSize, classes: format.classes },
    cuts: resolveCuts(experiment),
    format,
    method,
    hilo: experiment.hilo,
    window: experiment.window,
    firstIndependent: experiment.firstIndependent,
    pff: experiment.pff,
    patches,
    patchesAtOnce: patchesAtOnce === 'all' ? patches * patches : patchesAtOnce,
    aux: parseHead(greedy ? '0c1f' : experiment.aux),
    auxDim: experiment.auxDim,
    widen: experiment.widen,
    localLoss: greedy ? 'cross_entropy' : experiment.localLoss,
    decoderHidden: experiment.decoderHidden,
    bn: experiment.bn,
    batch: experiment.batch,
    nesterov: experiment.nesterov,
    probes: experiment.probes,
  };
}

/** The configuration to plan with before images are there, or with as many classes as those that are. */
export const plannedConfiguration = (experiment: Experiment, classes: number | undefined): StepConfiguration =>
  configurationOf(experiment, imageFormatAt(experiment.data, experiment.resolution, classes));

/** The same network and batch under back-propagation with one module. */
export function asBackPropagation(configuration: StepConfiguration): StepConfiguration {
  const last = configuration.cuts.at(-1) as BlockIndex;
  return { ...configuration, method: 'bp', cuts: [last] };
}
