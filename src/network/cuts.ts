import type { Experiment } from '../experiment/experiment.ts';
import { type BlockIndex, blocksPerStage, type CutWord, type NetworkName } from '../experiment/networks.ts';

const stage = (number: number, blocks: readonly number[]): BlockIndex[] => blocks.map((block) => [number, block]);

/** The papers' cuts (method.md 1), by network and word. */
const paperCuts: Partial<Record<NetworkName, Partial<Record<CutWord, readonly BlockIndex[]>>>> = {
  resnet32: {
    k2: [...stage(2, [1]), ...stage(3, [4])],
    k3: [...stage(1, [4]), ...stage(2, [4]), ...stage(3, [4])],
    k4: [...stage(1, [2]), ...stage(2, [1]), ...stage(3, [0, 4])],
    k8: [...stage(1, [0, 2, 4]), ...stage(2, [1, 3]), ...stage(3, [0, 2, 4])],
    k16: everyBlock(5),
  },
  resnet110: {
    k8: [...stage(1, [4, 11]), ...stage(2, [0, 7, 14]), ...stage(3, [3, 10, 17])],
    k16: [...stage(1, [1, 4, 7, 10, 13, 16]), ...stage(2, [1, 4, 7, 11, 15]), ...stage(3, [1, 5, 9, 13, 17])],
    k32: [
      ...stage(1, [1, 2, 4, 5, 7, 9, 11, 13, 14, 16, 17]),
      ...stage(2, [1, 2, 4, 5, 7, 9, 11, 13, 14, 16, 17]),
      ...stage(3, [1, 3, 4, 6, 7, 9, 11, 13, 15, 17]),
    ],
  },
};

/**
 * The last block of each module. A word means the papers' row for the network; where they have none, blocks shared out
 * evenly, longer modules first.
 */
export function resolveCuts({ network, cuts }: Pick<Experiment, 'network' | 'cuts'>): readonly BlockIndex[] {
  if (typeof cuts !== 'string') return cuts;
  const perStage = blocksPerStage[network];
  if (cuts === 'all') return everyBlock(perStage);
  return paperCuts[network]?.[cuts] ?? evenCuts(perStage, Number(cuts.slice(1)));
}

function everyBlock(perStage: number): BlockIndex[] {
  const blocks = Array.from({ length: perStage }, (_, block) => block);
  return [...stage(1, blocks), ...stage(2, blocks), ...stage(3, blocks)];
}

function evenCuts(perStage: number, modules: number): BlockIndex[] {
  const all = everyBlock(perStage);
  const short = Math.floor(all.length / modules);
  const longer = all.length % modules;
  return Array.from({ length: modules }, (_, module) => {
    const end = (module + 1) * short + Math.min(module + 1, longer);
    return all[end - 1] as BlockIndex;
  });
}
