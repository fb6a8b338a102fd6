import type { RunRecord } from '../../runs/run-record.ts';
import { differingTraits, experimentInWords, type Trait } from './experiment-words.ts';

/** What names need of a run. */
export type Nameable = Pick<RunRecord, 'id' | 'name' | 'created' | 'experiment' | 'changes' | 'replay'>;

/**
 * A name for every run: its own where it was given one, or else what tells it from the others, such as
 * "DGL + HiLo, K = 4, seed 2"; a replay by the run that it repeats. Values that more than half of the runs share are left out, but for method and K. Equal names are numbered in the order
 * the runs were made.
 */
export function runNames(runs: readonly Nameable[]): ReadonlyMap<string, string> {
  const telling = differingTraits(runs.map((run) => run.experiment));
  const common = new Map(telling.map((trait) => [trait.key, commonWords(runs, trait)]));
  const named = runs.map((run) => {
    if (run.name !== undefined) return { run, name: run.name };
    const parts = telling
      .map((trait) => ({ trait, words: trait.words(run.experiment) }))
      .filter(({ trait, words }) => words !== '' && (alwaysSaid.has(trait.key) || words !== common.get(trait.key)))
      .map(({ words }) => words);
    const name = parts.length > 0 ? inShort(parts) : experimentInWords(run.experiment);
    // Which run it repeats tells it from that one, not what it is.
    if (run.replay !== undefined) return { run, name: undefined };
    return { run, name: run.changes.length > 0 ? `${name}, ${changesInWords(run.changes.length)}` : name };
  });
  const inOrder = named.toSorted((one, other) => (one.run.created < other.run.created ? -1 : 1));
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { run, name: own } of inOrder) {
    const name = own ?? `Replay of ${names.get(run.replay?.of ?? '') ?? run.replay?.name ?? 'another run'}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    names.set(run.id, count === 1 ? name : `${name} #${count}`);
  }
  return names;
}

/** Runs that differ in very much are not told apart by a list of it: the first parts, which tell most, are enough. */
export const inShort = (parts: readonly string[]): string =>
  parts.length > mostParts ? `${parts.slice(0, mostParts).join(', ')} \u2026` : parts.join(', ');

const mostParts = 4;

const alwaysSaid: ReadonlySet<string> = new Set(['method', 'cuts']);

const changesInWords = (count: number): string => (count === 1 ? 'changed once' : `changed ${count} times`);

/** Words that more than half of the runs have for a trait. */
function commonWords(runs: readonly Nameable[], trait: Trait): string | undefined {
  const counts = new Map<string, number>();
  for (const { experiment } of runs) {
    const words = trait.words(experiment);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count > runs.length / 2)?.[0];
}
