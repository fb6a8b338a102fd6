import { historyCsv } from '../../../runs/history-csv.ts';
import { changeInWords } from '../../../store/state.ts';
import type { ShownRun } from '../series/line.ts';
import { fileName } from './chart-files.ts';

/** A file of an archive, its text in pieces. */
export interface TextFile {
  readonly path: string;
  readonly pieces: Iterable<string>;
}

/** All of some runs as files, a folder each: measurements, experiment, and the changes made while it ran. */
export function filesOfRuns(runs: readonly ShownRun[]): readonly TextFile[] {
  const taken = new Set<string>();
  return runs.flatMap(({ name, experiment, history }) => {
    const folder = free(fileName(name), taken);
    const changes = history.marks.map(({ step, epoch, seconds, before, after }) => ({
      step,
      epoch,
      seconds,
      change: changeInWords(before, after),
    }));
    return [
      { path: `${folder}/measurements.csv`, pieces: historyCsv(history) },
      { path: `${folder}/experiment.json`, pieces: [`${JSON.stringify(experiment, null, 2)}\n`] },
      { path: `${folder}/changes.json`, pieces: [`${JSON.stringify(changes, null, 2)}\n`] },
    ];
  });
}

/** The name, or with a number where it is taken. */
function free(name: string, taken: Set<string>): string {
  let found = name;
  for (let number = 2; taken.has(found); number++) found = `${name}-${number}`;
  taken.add(found);
  return found;
}
