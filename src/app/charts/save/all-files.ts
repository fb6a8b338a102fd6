import { historyCsv } from '../../../runs/history-csv.ts';
import { changeInWords } from '../../../store/state.ts';
import type { ShownRun } from '../series/line.ts';
import { fileName } from './chart-files.ts';
import type { SavedChart } from './chart-picture.ts';
import { type Ending, endings, fileOfChart } from './file-of-chart.ts';
import { inSlices } from './in-slices.ts';

/** A file of an archive, made when its turn comes; undefined where it cannot be made. */
export interface ArchiveFile {
  readonly path: string;
  readonly ending: Ending;
  content(): Promise<Blob | undefined>;
}

/** All of some runs as files, a folder each: measurements, experiment, and the changes made while it ran. */
export function filesOfRuns(runs: readonly ShownRun[]): readonly ArchiveFile[] {
  const taken = new Set<string>();
  return runs.flatMap(({ name, experiment, history }): ArchiveFile[] => {
    const folder = free(fileName(name), taken);
    const changes = () =>
      history.marks.map(({ step, epoch, seconds, before, after }) => ({
        step,
        epoch,
        seconds,
        change: changeInWords(before, after),
      }));
    const json = (value: unknown) => inSlices([`${JSON.stringify(value, null, 2)}\n`]);
    return [
      { path: `${folder}/measurements.csv`, ending: 'csv', content: () => inSlices(historyCsv(history)) },
      { path: `${folder}/experiment.json`, ending: 'json', content: () => json(experiment) },
      { path: `${folder}/changes.json`, ending: 'json', content: () => json(changes()) },
    ];
  });
}

/** All of some charts as files: pictures and numbers of each. */
export function filesOfCharts(charts: readonly SavedChart[]): readonly ArchiveFile[] {
  const taken = new Set<string>();
  return charts.flatMap((chart) => {
    const name = free(fileName(chart.title), taken);
    return endings.map((ending) => ({
      path: `charts/${name}.${ending}`,
      ending,
      content: () => fileOfChart(chart, ending),
    }));
  });
}

/** The name, or with a number where it is taken. */
function free(name: string, taken: Set<string>): string {
  let found = name;
  for (let number = 2; taken.has(found); number++) found = `${name}-${number}`;
  taken.add(found);
  return found;
}
