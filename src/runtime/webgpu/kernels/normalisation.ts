import { normalisationSplits } from '../../../graph/workspace.ts';
import type { Tuning } from '../kernel.ts';

/** How the threads of a batch normalisation share an image of `groups` runs of pixels. */
export interface Spread {
  readonly groups: number;
  /** Pixels of one group. */
  readonly pixels: number;
  readonly channels: number;
  readonly fours: number;
  readonly splits: number;
  /** Pixels of one split, the last one shorter. */
  readonly perSplit: number;
  /** Threads of a workgroup that share a split or stretch, each with its own pixels. */
  readonly lanes: number;
  readonly workgroupSize: number;
  /** Stretches of pixels of a group for kernels that work pixel by pixel. */
  readonly stretches: number;
}

/** The spread over an image with this many pixels in each group. */
export function spreadOver(groups: number, pixels: number, channels: number, tuning: Tuning): Spread {
  const fours = Math.ceil(channels / 4);
  const gpu = tuning.kind === 'gpu';
  const splits = normalisationSplits(pixels);
  const perSplit = Math.ceil(pixels / splits);
  const lanes = gpu ? Math.max(1, Math.floor(256 / fours)) : Math.max(1, Math.floor(16 / fours));
  const stretchPixels = gpu ? lanes * 8 : Math.max(lanes * 8, Math.ceil((pixels * groups * fours) / 512 / fours));
  const stretches = Math.max(1, Math.ceil(pixels / stretchPixels));
  return { groups, pixels, channels, fours, splits, perSplit, lanes, workgroupSize: lanes * fours, stretches };
}

/** Pixels of a split, as WGSL; every split but the last has `perSplit`, and there may be empty ones. */
export const splitCount = ({ perSplit, pixels }: Spread, split: string): string =>
  `f32(clamp(${pixels} - ${split} * ${perSplit}, 0, ${perSplit}))`;
