import { ok, type Result } from '../../base/result.ts';
import { changedFields } from '../../experiment/changes.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { experimentNow, type RunChange, type RunRecord, stretchesOf } from '../../runs/run-record.ts';
import { parseArguments } from '../arguments.ts';
import { experimentOptions } from '../experiment-arguments.ts';
import { readBeginning } from '../train/beginning.ts';
import { openDataset } from '../train/data-folder.ts';
import type { SweepRun } from './sweep-plan.ts';

/** What a run of a sweep has to be. */
export interface WantedRun {
  readonly experiment: Experiment;
  readonly changes: readonly RunChange[];
  /** Undefined where any will do. */
  readonly executor: string | undefined;
  /** Of the images; undefined where the command names none. */
  readonly dataChecksum: () => Promise<Result<string | undefined>>;
}

/** What the plan wants of each of its runs, in order. Errors: an experiment that is not possible. */
export function wantedRuns(
  runs: readonly SweepRun[],
  { data, executor }: { readonly data: string | undefined; readonly executor: string | undefined },
): Result<(readonly [SweepRun, WantedRun])[]> {
  const checksums = new Map<string, Promise<Result<string | undefined>>>();
  const wanted: (readonly [SweepRun, WantedRun])[] = [];
  for (const run of runs) {
    const parsed = parseArguments(run.argv, experimentOptions);
    if (!parsed.ok) return parsed;
    const read = readBeginning({ ...none, ...parsed.value.values, out: run.folder });
    if (!read.ok) return read;
    const { experiment, replay } = read.value;
    const dataChecksum = async () => {
      if (data === undefined || experiment.data === 'synthetic') return ok(undefined);
      const key = `${experiment.data} ${experiment.resolution}`;
      const known = checksums.get(key) ?? checksumOf(experiment, data);
      checksums.set(key, known);
      return known;
    };
    wanted.push([run, { experiment, changes: replay?.changes ?? [], executor, dataChecksum }]);
  }
  return ok(wanted);
}

const none = { overwrite: true, steps: undefined, epochs: undefined, 'stop-after': undefined } as const;

async function checksumOf(experiment: Experiment, folder: string): Promise<Result<string>> {
  const dataset = await openDataset(experiment, folder);
  return dataset.ok ? ok(dataset.value.checksum) : dataset;
}

/** In what a stored run is not the one wanted, for the middle of a sentence; undefined where it is the one. */
export async function deviation(record: RunRecord, wanted: WantedRun): Promise<Result<string | undefined>> {
  const first = fieldDeviation(record, wanted);
  if (first !== undefined) return ok(first);
  const stretches = stretchesOf(record).map(({ provenance }) => provenance);
  const elsewhere = stretches.find(({ executor }) => wanted.executor !== undefined && executor !== wanted.executor);
  if (elsewhere !== undefined) return ok(`it was trained on ${elsewhere.executor}, not on ${wanted.executor}`);
  const checksum = await wanted.dataChecksum();
  if (!checksum.ok) return checksum;
  const same = checksum.value === undefined || stretches.every(({ dataChecksum }) => dataChecksum === checksum.value);
  return ok(same ? undefined : 'it was trained on other images than those of --data');
}

/** Compares the experiments at the start and after every change that a step of the run followed. */
function fieldDeviation(record: RunRecord, { experiment, changes }: WantedRun): string | undefined {
  const followed = [...record.changes, ...changes].map(({ step }) => step).filter((step) => step < record.summary.step);
  for (const step of [-1, ...followed]) {
    const there = experimentAfter(record, step);
    const here = experimentAfter({ experiment, changes }, step);
    const [name] = changedFields(there, here);
    if (name === undefined) continue;
    const when = step < 0 ? '' : ` after step ${step}`;
    return `its ${name}${when} is ${JSON.stringify(there[name])}, not ${JSON.stringify(here[name])}`;
  }
  return undefined;
}

const experimentAfter = ({ experiment, changes }: Pick<RunRecord, 'experiment' | 'changes'>, step: number) =>
  experimentNow({ experiment, changes: changes.filter((change) => change.step <= step) });
