import type { BlockIndex, Cuts, Experiment } from '../experiment/experiment.ts';
import { blocksPerStage, type CutWord, cutWords, type NetworkName } from '../experiment/networks.ts';
import { resolveCuts } from '../network/cuts.ts';
import { blockKey } from '../network/network-shape.ts';

/** Every place where a network can be cut, as the block before it, the stem first; the last is the end, always a border. */
export function borders(network: NetworkName): BlockIndex[] {
  const perStage = blocksPerStage[network];
  const blocks = [1, 2, 3].flatMap((stage) =>
    Array.from({ length: perStage }, (_, block): BlockIndex => [stage, block]),
  );
  return [[0, 0], ...blocks];
}

/** The cuts after cutting, or joining, behind one block (`[0, 0]` is the stem). The word of the papers where one fits. */
export function toggleCut(experiment: Pick<Experiment, 'network' | 'cuts'>, border: BlockIndex): Cuts {
  const key = blockKey(border);
  const now = new Set(resolveCuts(experiment).map(blockKey));
  if (now.has(key)) now.delete(key);
  else now.add(key);
  return named(
    experiment.network,
    borders(experiment.network).filter((place) => now.has(blockKey(place))),
  );
}

/**
 * The cuts after moving one of them along the network, as far as the cuts beside it let it.
 *
 * @param from place of the cut in `borders`
 * @param to place wanted
 * @returns the cuts and the place reached
 */
export function moveCut(
  { network, cuts }: Pick<Experiment, 'network' | 'cuts'>,
  from: number,
  to: number,
): { readonly cuts: Cuts; readonly place: number } {
  const places = borders(network);
  const keys = new Set(resolveCuts({ network, cuts }).map(blockKey));
  const cutAt = places.map((place) => keys.has(blockKey(place)));
  let place = from;
  const step = Math.sign(to - from);
  while (step !== 0 && place !== to && cutAt[place + step] === false) place += step;
  const moved = places.filter((_, index) => index === place || (cutAt[index] === true && index !== from));
  return { cuts: named(network, moved), place };
}

/** One of the cut words that a network has blocks enough for. */
export interface CutChoice {
  readonly word: CutWord;
  readonly cuts: readonly BlockIndex[];
}

/** The cut words a network allows; of words that mean the same, `all` and then the first. */
export function cutChoices(network: NetworkName): CutChoice[] {
  const blocks = blocksPerStage[network] * 3;
  const all = resolveCuts({ network, cuts: 'all' });
  const choices: CutChoice[] = [];
  for (const word of cutWords) {
    if (word !== 'all' && Number(word.slice(1)) > blocks) continue;
    const cuts = resolveCuts({ network, cuts: word });
    if (word === 'all' || !sameCuts(cuts, all)) choices.push({ word, cuts });
  }
  return choices;
}

/** A list of last blocks, or the word that stands for it. */
export function named(network: NetworkName, cuts: readonly BlockIndex[]): Cuts {
  return cutChoices(network).find((choice) => sameCuts(choice.cuts, cuts))?.word ?? cuts;
}

/** Whether two lists cut at the same blocks. */
export const sameCuts = (one: readonly BlockIndex[], other: readonly BlockIndex[]): boolean =>
  one.length === other.length && one.every((cut, index) => blockKey(cut) === blockKey(other[index] as BlockIndex));

/** Cuts moved from one network to another: each to the block at the same share of the depth. */
export function movedCuts(cuts: readonly BlockIndex[], from: NetworkName, to: NetworkName): Cuts {
  const before = borders(from);
  const after = borders(to);
  const places = new Set<number>([after.length - 1]);
  for (const cut of cuts) {
    const position = before.findIndex((place) => blockKey(place) === blockKey(cut));
    // The stem is no share of the depth: it stays the stem.
    if (position === 0) places.add(0);
    else places.add(Math.max(1, Math.round((position * (after.length - 1)) / (before.length - 1))));
  }
  return named(
    to,
    after.filter((_, index) => places.has(index)),
  );
}
