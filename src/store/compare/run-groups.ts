import type { Experiment } from '../../experiment/experiment.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { differingTraits, experimentInWords, traits } from './experiment-words.ts';
import { inShort } from './run-names.ts';

/** A way to put runs into groups. */
export interface Grouping {
  /** `none`, `sweep`, `seeds`, `file`, or a trait in which the runs differ. */
  readonly key: string;
  readonly title: string;
}

/** Where runs come from that are of no file. */
export const notOfFile = 'this browser';

export interface RunGroup {
  readonly title: string;
  readonly runs: readonly RunRecord[];
}

/**
 * The groupings that part these runs: by what differs among them, by sweep, by the files they came in, and all alike but for the seed.
 *
 * @param files by identity, of those that came in one
 */
export function groupingsOf(
  runs: readonly RunRecord[],
  files: ReadonlyMap<string, string> = new Map(),
): readonly Grouping[] {
  const differing = differingTraits(runs.map(({ experiment }) => experiment)).filter(({ key }) => key !== 'seed');
  const seedless = new Set(runs.map(({ experiment }) => withoutSeed(experiment)));
  return [
    { key: 'none', title: 'nothing' },
    ...differing.map(({ key, title }) => ({ key, title })),
    ...(seedless.size < runs.length && runs.length > 2 ? [{ key: 'seeds', title: 'all but the seed' }] : []),
    ...(new Set(runs.map(({ group }) => group)).size > 1 ? [{ key: 'sweep', title: 'Sweep' }] : []),
    ...(new Set(runs.map(({ id }) => files.get(id))).size > 1 ? [{ key: 'file', title: 'File' }] : []),
  ];
}

/** The runs in groups, in the order in which the groups first come up. One group without a title where the runs are not parted. */
export function groupRuns(
  runs: readonly RunRecord[],
  key: string,
  files: ReadonlyMap<string, string> = new Map(),
): readonly RunGroup[] {
  const trait = traits.find((one) => one.key === key);
  const title = titles(runs, key, files);
  const groups = new Map<string, { title: string; runs: RunRecord[] }>();
  for (const run of runs) {
    const words = trait === undefined ? title(run) : trait.words(run.experiment) || 'none';
    const id = key === 'seeds' ? withoutSeed(run.experiment) : words;
    const group = groups.get(id) ?? { title: words, runs: [] };
    group.runs.push(run);
    groups.set(id, group);
  }
  return [...groups.values()];
}

function titles(
  runs: readonly RunRecord[],
  key: string,
  files: ReadonlyMap<string, string>,
): (run: RunRecord) => string {
  if (key === 'file') return ({ id }) => files.get(id) ?? notOfFile;
  if (key === 'sweep') return (run) => run.group ?? 'no sweep';
  if (key !== 'seeds') return () => '';
  const telling = differingTraits(runs.map(({ experiment }) => experiment)).filter((trait) => trait.key !== 'seed');
  return ({ experiment }) => {
    const words = telling.map((trait) => trait.words(experiment)).filter((part) => part !== '');
    return words.length > 0 ? inShort(words) : experimentInWords(experiment);
  };
}

/** The same for runs that differ by their seeds alone. */
const withoutSeed = (experiment: Experiment): string => JSON.stringify({ ...experiment, seed: 0 });
