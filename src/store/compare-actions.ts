import type { Problem } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { History } from '../runs/history.ts';
import type { RunRecord } from '../runs/run-record.ts';
import { runNames } from './compare/run-names.ts';
import type { Shared } from './shared.ts';
import { withEdit } from './undo.ts';

export interface CompareActions {
  /** Takes a run onto the charts beside the live one, or off them. */
  compare(id: string, on: boolean): void;
  /** Puts just these runs on the charts beside the live one, in one change. */
  compareOnly(ids: readonly string[]): void;
  /** Reads exported runs from files, to stand beside the others. */
  openRunFiles(files: readonly File[]): Promise<void>;
  closeFileRun(id: string): void;
  /** Takes all runs of a file off the page. */
  closeFile(file: string): void;
  /** Puts an experiment into the controls, to be started by hand. */
  offer(experiment: Experiment, what: string): void;
}

/** Runs side by side: which of them are on the charts, and runs from files. */
export function createCompareActions({ client, get, set, report, show, allow }: Shared): CompareActions {
  let opened = 0;
  const compare: CompareActions['compare'] = (id, on) => {
    const others = get().compared.filter((other) => other !== id);
    set({ compared: on ? [...others, id] : others });
  };
  return {
    compare,
    compareOnly: (ids) => set({ compared: ids }),
    async openRunFiles(files) {
      report('runs', undefined);
      const answer = await client.request({ kind: 'readRunFiles', files });
      if (!answer.ok) return report('runs', answer.error);
      const { runs, problems } = answer.value;
      const labels = labelsOf(
        runs,
        get().fileRuns.map(({ file }) => file),
      );
      const read = runs.map(({ index, record, history }) => {
        const file = labels.get(index) ?? '';
        return {
          file,
          id: record.id,
          record: {
            ...record,
            id: `file-${++opened}`,
            name: nameOf(
              file,
              record,
              runs.filter((run) => run.index === index),
            ),
          },
          history: History.of(history, record),
        };
      });
      set(({ fileRuns, histories, compared }) => ({
        fileRuns: [...fileRuns, ...read.map(({ file, id, record }) => ({ file, id, record }))],
        histories: new Map([...histories, ...read.map(({ record, history }) => [record.id, history] as const)]),
        compared: [...compared, ...read.map(({ record }) => record.id)],
      }));
      report('runs', problemOf(problems, files.length));
    },
    closeFileRun(id) {
      compare(id, false);
      set(({ fileRuns, histories }) => ({
        fileRuns: fileRuns.filter(({ record }) => record.id !== id),
        histories: new Map([...histories].filter(([key]) => key !== id)),
      }));
    },
    closeFile(file) {
      const gone = new Set(get().fileRuns.flatMap((run) => (run.file === file ? [run.record.id] : [])));
      set(({ fileRuns, histories, compared }) => ({
        fileRuns: fileRuns.filter((run) => run.file !== file),
        histories: new Map([...histories].filter(([id]) => !gone.has(id))),
        compared: compared.filter((id) => !gone.has(id)),
      }));
    },
    offer(experiment, what) {
      if (!allow(experiment, 'runs')) return;
      set({ edits: withEdit(get().edits, get().experiment, 'offer', Date.now()), view: 'train' });
      show(experiment, {
        held: true,
        refusals: {},
        alsoChanged: [],
        notice: `${what} is shown in the controls. Start a new run with it there.`,
      });
    },
  };
}

/** What the files are called on the page, by their place among those read: pupils hand in files of the same name, which are numbered. */
function labelsOf(
  runs: readonly { readonly file: string; readonly index: number }[],
  known: readonly string[],
): ReadonlyMap<number, string> {
  const taken = new Set(known);
  const labels = new Map<number, string>();
  for (const { file, index } of runs) {
    if (labels.has(index)) continue;
    let label = file;
    for (let count = 2; taken.has(label); count++) label = `${file} (${count})`;
    taken.add(label);
    labels.set(index, label);
  }
  return labels;
}

/** Files of a class hold runs of the same names: the file says whose they are; of several in one, what tells them apart too. */
function nameOf(file: string, record: RunRecord, ofFile: readonly { readonly record: RunRecord }[]): string {
  const unnamed = ofFile.length > 1 ? runNames(ofFile.map((run) => run.record)).get(record.id) : undefined;
  const name = record.name ?? unnamed;
  return name === undefined || name === file ? file : `${file}: ${name}`;
}

/** What of so many files cannot be read. */
function problemOf(problems: readonly string[], files: number): Problem | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const others = files - problems.length;
  const shown = others > 0 ? ` The other ${others === 1 ? 'file is' : `${others} files are`} shown.` : '';
  if (problems.length === 1) return { message: `${first}${shown}` };
  return {
    message: `${problems.length} of ${files} files cannot be read.${shown}`,
    details: [{ summary: 'Which, and why', items: problems }],
  };
}
