import type { Experiment } from '../experiment/experiment.ts';
import { History } from '../runs/history.ts';
import type { Shared } from './shared.ts';
import { withEdit } from './undo.ts';

export interface CompareActions {
  /** Takes a run onto the charts beside the live one, or off them. */
  compare(id: string, on: boolean): void;
  /** Reads exported runs from files, to stand beside the others. */
  openRunFiles(files: readonly File[]): Promise<void>;
  closeFileRun(id: string): void;
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
    async openRunFiles(files) {
      report('runs', undefined);
      const answer = await client.request({ kind: 'readRunFiles', files });
      if (!answer.ok) return report('runs', answer.error);
      const read = answer.value.runs.map(({ file, record, history }) => ({
        file,
        id: record.id,
        // Files of a class hold runs of the same names: the file says whose they are.
        record: {
          ...record,
          id: `file-${++opened}`,
          name: record.name === undefined || record.name === file ? file : `${file}: ${record.name}`,
        },
        history: History.of(history, record),
      }));
      set(({ fileRuns, histories, compared }) => ({
        fileRuns: [...fileRuns, ...read.map(({ file, id, record }) => ({ file, id, record }))],
        histories: new Map([...histories, ...read.map(({ record, history }) => [record.id, history] as const)]),
        compared: [...compared, ...read.map(({ record }) => record.id)],
      }));
      const { problems } = answer.value;
      if (problems.length > 0) report('runs', { message: problems.join(' ') });
    },
    closeFileRun(id) {
      compare(id, false);
      set(({ fileRuns, histories }) => ({
        fileRuns: fileRuns.filter(({ record }) => record.id !== id),
        histories: new Map([...histories].filter(([key]) => key !== id)),
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
