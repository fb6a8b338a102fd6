import { fail, ok, type Result } from '../base/result.ts';
import { History } from '../runs/history.ts';
import type { Settings } from '../runs/settings.ts';
import type { ExecutorChoice } from '../worker/protocol.ts';
import { saveSettings } from './settings.ts';
import type { Shared } from './shared.ts';

export interface RunListActions {
  /** Reads the list of stored runs anew. */
  listRuns(): Promise<void>;
  /** Makes a stored run the live one, at its last good checkpoint, on its own executor or another; of the live run, goes back to it. */
  resumeRun(id: string, executor?: ExecutorChoice): Promise<Result<void>>;
  /** Without a name it is named by what differs. */
  renameRun(id: string, name: string | undefined): void;
  /** Takes a run from the list, until it is undone. */
  deleteRun(id: string): void;
  /** Brings back the run deleted last. */
  undoDelete(): void;
  /** Opens a new run of a run's first experiment. */
  duplicateRun(id: string): void;
  /** Brings a run's history into the state. */
  loadHistory(id: string): Promise<void>;
  configure(settings: Settings): void;
  /** The page is about to be hidden or closed. */
  keep(): void;
}

/** The list of runs: what is kept of them, and going on with one. */
export function createRunListActions({
  client,
  get,
  set,
  report,
  show,
  allow,
  configure: applySettings,
  adopt,
  record,
  open,
}: Shared): RunListActions {
  const readHistory = async (id: string): Promise<History | undefined> => {
    const answer = await client.request({ kind: 'readHistory', run: id });
    const known = get().runs.find((run) => run.id === id);
    if (!answer.ok) report('runs', answer.error);
    return answer.ok && known !== undefined ? History.of(answer.value, known) : undefined;
  };

  return {
    async listRuns() {
      const answer = await client.request({ kind: 'listRuns' });
      if (!answer.ok) return report('runs', answer.error);
      const { records, problems } = answer.value;
      record(records);
      if (problems.length > 0) report('runs', { message: problems.join(' ') });
    },
    async resumeRun(id, executor) {
      if (get().opening) return fail('A run is being prepared already. Try again when it is ready.');
      set({ opening: true, alsoChanged: [], notice: undefined });
      const answer = await client.request({ kind: 'resume', run: id, executor });
      if (!answer.ok) {
        set({ opening: false, preparing: undefined });
        report(answer.error.where === 'data' ? 'data' : 'runs', answer.error);
        return answer;
      }
      for (const old of ['controls', 'executor', 'transport', 'failure', 'runs'] as const) report(old, undefined);
      const { step, notes, ...run } = answer.value;
      record([run.record]);
      adopt(run, await readHistory(id));
      set({ opening: false, preparing: undefined, openedWith: run.executor });
      set({ notice: [`The run goes on at step ${step}.`, ...notes].join(' ') });
      return ok(undefined);
    },
    async renameRun(id, name) {
      const answer = await client.request({ kind: 'renameRun', run: id, name });
      report('runs', answer.ok ? undefined : answer.error);
    },
    async deleteRun(id) {
      const answer = await client.request({ kind: 'deleteRun', run: id });
      if (!answer.ok) return report('runs', answer.error);
      report('runs', undefined);
      set(({ runs, deletedRuns, histories }) => {
        const left = new Map(histories);
        left.delete(id);
        return {
          runs: runs.filter((run) => run.id !== id),
          deletedRuns: [...deletedRuns, ...runs.filter((run) => run.id === id)],
          histories: left,
        };
      });
    },
    async undoDelete() {
      const last = get().deletedRuns.at(-1);
      if (last === undefined) return;
      const answer = await client.request({ kind: 'restoreRun', run: last.id });
      if (!answer.ok) return report('runs', answer.error);
      record([last]);
    },
    duplicateRun(id) {
      const known = get().runs.find((run) => run.id === id);
      if (known === undefined || get().opening || !allow(known.experiment, 'runs')) return;
      // A difference to what the controls show would count as an edit of the new run.
      show(known.experiment, { held: false, refusals: {} });
      void open(known.experiment, get().executor, 'runs', { group: known.group });
    },
    async loadHistory(id) {
      if (get().histories.has(id)) return;
      const history = await readHistory(id);
      if (history === undefined) return;
      set(({ histories }) => (histories.has(id) ? {} : { histories: new Map(histories).set(id, history) }));
    },
    configure(settings) {
      applySettings({ settings });
      saveSettings(settings);
    },
    keep: () => void client.request({ kind: 'checkpoint' }),
  };
}
