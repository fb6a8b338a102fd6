import type { DataName, Resolution } from './data-sets.ts';
import type { BlockIndex, Cuts, NetworkName } from './networks.ts';

export type Method = 'bp' | 'greedy' | 'dgl' | 'infopro';
export type PatchForm = 'none' | 'released' | 'paper';
export type LocalLoss = 'cross_entropy' | 'contrast';
export type RunningStatistics = 'released' | 'once';
export type ScheduleName = 'constant' | 'steps' | 'cosine-step' | 'cosine-epoch';

/**
 * Everything that defines a run: one flat immutable object with the same names on the page, in links, files and `--set`.
 * `fields.ts` holds each field's meaning, unit and range.
 */
export interface Experiment {
  readonly network: NetworkName;
  readonly widths: readonly [stem: number, stage1: number, stage2: number, stage3: number];
  readonly cuts: Cuts;
  readonly method: Method;
  readonly hilo: boolean;
  readonly window: number;
  readonly wx: number;
  readonly wy: number;
  readonly firstIndependent: boolean;
  readonly pff: PatchForm;
  readonly patches: number;
  readonly patchesAtOnce: number | 'all';
  readonly aux: string;
  readonly auxDim: number;
  readonly widen: number;
  readonly localLoss: LocalLoss;
  readonly decoderHidden: number;
  readonly ixx: readonly [first: number, last: number];
  readonly ixy: readonly [first: number, last: number];
  readonly bn: RunningStatistics;
  readonly batch: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly schedule: ScheduleName;
  readonly warmup: number;
  readonly epochs: number;
  readonly seed: number;
  readonly data: DataName;
  readonly resolution: Resolution;
  readonly trainSize: number | 'all';
  readonly testSize: number | 'all';
  readonly validation: number;
  readonly evaluateEvery: number;
  readonly augment: boolean;
  readonly probes: boolean;
}

export type FieldName = keyof Experiment;
export type { BlockIndex, Cuts, DataName, NetworkName, Resolution };
