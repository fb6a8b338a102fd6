import type { Sample } from '../graph/node.ts';
import type { StepConfiguration } from './configuration.ts';

/** One run through an auxiliary network: `groups` patches at once, read by `sample`; the whole map where there is none. */
export interface Chain {
  readonly groups: number;
  readonly first: number;
  readonly sample: Sample | undefined;
}

/** Chains of a classifier on features [B,H,W,C]: in the paper's form the patches, `patchesAtOnce` a chain, else the whole map. */
export function classifierChains(configuration: StepConfiguration, features: readonly number[]): Chain[] {
  if (configuration.pff !== 'paper') return [{ groups: 1, first: 0, sample: undefined }];
  const { patches } = configuration;
  const [, height, width] = features as [number, number, number, number];
  return chains(configuration, patches, { height: Math.floor(height / patches), width: Math.floor(width / patches) });
}

/** Chains of a decoder: each patch resized to its part of the image; one patch, the whole map, without PFF. */
export function decoderChains(configuration: StepConfiguration): Chain[] {
  const grid = decoderGrid(configuration);
  const side = Math.floor(configuration.network.imageSize / grid);
  return chains(configuration, grid, { height: side, width: side });
}

/** Patches along one side of a decoder's input. */
export const decoderGrid = ({ pff, patches }: StepConfiguration): number => (pff === 'none' ? 1 : patches);

function chains(
  { patchesAtOnce }: StepConfiguration,
  grid: number,
  size: { readonly height: number; readonly width: number },
): Chain[] {
  const total = grid * grid;
  const count = Math.min(patchesAtOnce, total);
  return Array.from({ length: total / count }, (_, index) => {
    const first = index * count;
    return { groups: count, first, sample: { grid, first, count, ...size } };
  });
}
