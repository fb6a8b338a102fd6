import type { StoreApi } from 'zustand/vanilla';
import { fail, ok, type Problem, type Result } from '../base/result.ts';
import { changedFields, effectOf } from '../experiment/changes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { fieldNames } from '../experiment/fields.ts';
import { problemOfLocks } from '../experiment/limits.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { History } from '../runs/history.ts';
import type { Replay } from '../runs/replay.ts';
import { neverBegan, type RunRecord } from '../runs/run-record.ts';
import type { TrainingClient } from '../worker/client.ts';
import type { ExecutorChoice, RunInfo } from '../worker/protocol.ts';
import { newestInTurn } from './newest-in-turn.ts';
import { createPreviewer, type Planner } from './previewer.ts';
import { takeBack } from './refused-change.ts';
import { applicable, dataOf, type Place, type PlaygroundState } from './state.ts';
import { withChange } from './undo.ts';

/** What a new run is called, where it is given a name or belongs to a sweep; and which run it repeats, if any. */
export interface Naming {
  readonly name?: string | undefined;
  readonly group?: string | undefined;
  readonly replay?: Replay | undefined;
}

/** What the groups of actions share: the worker, the state, and the few ways to move it. */
export interface Shared {
  readonly client: TrainingClient;
  readonly get: StoreApi<PlaygroundState>['getState'];
  readonly set: StoreApi<PlaygroundState>['setState'];
  /** Hears every change of the state. */
  readonly watch: StoreApi<PlaygroundState>['subscribe'];
  /** Shows a problem at a place, or clears it. */
  report(place: Place, problem: Problem | undefined): void;
  /** Puts an experiment into the controls and asks for its preview. */
  show(experiment: Experiment, more?: Partial<PlaygroundState>): void;
  /** Refuses an experiment that a teacher's link does not allow: false, and why is shown at `place`. */
  allow(experiment: Experiment, place: Place): boolean;
  /** Sets how runs are kept, or what a teacher's link allows of them, here and in the worker. */
  configure(more: Partial<Pick<PlaygroundState, 'settings' | 'limits'>>): void;
  /** Takes a run over as the live one; left out, its history is empty. */
  adopt(run: RunInfo, history?: History): void;
  /** Brings records that are new or changed into the list. */
  record(records: readonly RunRecord[]): void;
  /** Opens a new run; a refusal is shown at `place`, and answered. */
  open(experiment: Experiment, executor: ExecutorChoice, place?: Place, naming?: Naming): Promise<Result<void>>;
  /** Takes over what was changed in the live run because the run that it repeats was changed so. */
  takeReplayed(run: RunInfo): void;
  /** Applies what can be applied of an edited experiment to the live run; of edits in quick succession the newest. */
  sendChange(edited: Experiment): void;
}

/** The ways to move the state that several groups of actions need. */
export function createShared(store: StoreApi<PlaygroundState>, client: TrainingClient, plan: Planner): Shared {
  const { getState: get, setState: set, subscribe: watch } = store;
  const requestPreview = createPreviewer(plan, (preview, experiment) => set({ preview, previewOf: experiment }));

  const report: Shared['report'] = (place, problem) => {
    // A worker that stopped answers all its requests with what is already said at the top.
    if (problem !== undefined && problem === get().problems.failure) return;
    set(({ problems: { [place]: _, ...others } }) => ({
      problems: problem === undefined ? others : { ...others, [place]: problem },
    }));
  };

  const show: Shared['show'] = (experiment, more = {}) => {
    set({ experiment, ...more });
    requestPreview({ experiment, classes: dataOf(get(), experiment)?.classNames.length });
  };

  const record: Shared['record'] = (records) =>
    set(({ runs, deletedRuns }) => {
      const ids = new Set(records.map(({ id }) => id));
      const others = (list: readonly RunRecord[]) => list.filter(({ id }) => !ids.has(id));
      return { runs: [...others(runs), ...records].sort(newestFirst), deletedRuns: others(deletedRuns) };
    });

  const adopt: Shared['adopt'] = (answer, history = new History()) => {
    const run = withKnownExperiment(answer, get().experiment);
    record([run.record]);
    const gone = get().runs.filter((other) => other.id !== run.id && neverBegan(other));
    set(({ historyVersion, histories, loadedData, runs, compared }) => ({
      run,
      runs: runs.filter((other) => !gone.includes(other)),
      compared: compared.filter((id) => gone.every((other) => other.id !== id)),
      dataOfRun: loadedData.find(({ name }) => name === run.experiment.data),
      held: false,
      history,
      histories: new Map(histories).set(run.id, history),
      historyVersion: historyVersion + 1,
      startedAnew: run.startedAnew,
      refusals: {},
    }));
    show(run.experiment);
  };

  const allow: Shared['allow'] = (experiment, place) => {
    const locked = problemOfLocks(get().limits, experiment);
    if (locked !== undefined) report(place, locked);
    return locked === undefined;
  };

  const configure: Shared['configure'] = (more) => {
    set(more);
    const { settings, limits } = get();
    void client.request({ kind: 'configure', settings, limits });
  };

  const apply = newestInTurn<Experiment>(async (edited) => {
    const before = get().run?.experiment;
    if (before === undefined) return;
    const wanted = applicable(edited, before);
    if (changedFields(before, wanted).length === 0) return;
    set({ rebuilding: effectOf(before, wanted) === 'rebuilds' });
    const answer = await client.request({ kind: 'change', experiment: wanted, from: before });
    set({ rebuilding: false });
    if (!answer.ok) {
      const refusal = takeBack(get().experiment, before, wanted, answer.error);
      show(refusal.experiment, { alsoChanged: [], refusals: { ...get().refusals, ...refusal.refusals } });
      return report('controls', refusal.problem);
    }
    takeChanged(withKnownExperiment(answer.value, wanted));
  });

  /** Takes over the live run as it is after a change, and marks that. */
  const takeChanged = (run: RunInfo) => {
    const { run: known, history, historyVersion } = get();
    if (known?.id !== run.id) return;
    record([run.record]);
    history.mark(run.record.changes.at(-1)?.step ?? 0, known.experiment, run.experiment);
    set({ run, startedAnew: run.startedAnew, historyVersion: historyVersion + 1 });
  };

  const takeReplayed: Shared['takeReplayed'] = (run) => {
    const { run: known, experiment, trying, held, edits } = get();
    if (known?.id !== run.id) return;
    const changed = changedFields(known.experiment, run.experiment);
    const brought = (other: Experiment): Experiment => {
      const parsed = parseExperiment({
        ...other,
        ...Object.fromEntries(changed.map((name) => [name, run.experiment[name]])),
      });
      return parsed.ok ? parsed.value : other;
    };
    takeChanged(run);
    set({ edits: withChange(edits, brought), trying: trying && brought(trying) });
    // What waits for a new run goes on waiting.
    if (!held) show(brought(experiment));
  };

  const open: Shared['open'] = async (experiment, executor, place = 'controls', naming = {}) => {
    if (get().opening) return fail('A run is being prepared already. Try again when it is ready.');
    const locked = problemOfLocks(get().limits, experiment);
    if (locked !== undefined) {
      report(place, locked);
      return { ok: false, error: locked };
    }
    set({ opening: true, alsoChanged: [], notice: undefined });
    for (const old of ['controls', 'executor', 'transport', 'failure'] as const) report(old, undefined);
    const answer = await client.request({ kind: 'open', experiment, executor, ...naming });
    set({ opening: false, preparing: undefined });
    if (!answer.ok) {
      const { message, where } = answer.error;
      // Said at the field too, where it is about one.
      const field = fieldNames.find((name) => name === where && name !== 'data');
      if (field !== undefined) set({ refusals: { ...get().refusals, [field]: message } });
      report(placeOf(answer.error, place), answer.error);
      return answer;
    }
    const meanwhile = get().experiment;
    const { notes, ...run } = answer.value;
    adopt(run);
    set({ openedWith: naming.replay === undefined ? executor : run.executor });
    if (notes.length > 0) set({ notice: notes.join(' ') });
    report('data', undefined);
    // Edits made while the run was being prepared count for it.
    if (changedFields(experiment, meanwhile).length > 0) {
      show(meanwhile);
      apply(meanwhile);
    }
    return ok(undefined);
  };

  return {
    client,
    get,
    set,
    watch,
    report,
    show,
    allow,
    configure,
    adopt,
    record,
    open,
    takeReplayed,
    sendChange: apply,
  };
}

const newestFirst = (a: RunRecord, b: RunRecord): number => (a.created < b.created ? 1 : -1);

/** Problems of images and executors are shown in their panels, whatever asked for the run. */
const placeOf = ({ where }: Problem, otherwise: Place): Place =>
  where === 'data' || where === 'executor' ? where : otherwise;

/** The worker answers with a copy of the experiment: where it says the same, the page's own is kept, and nothing is drawn anew. */
const withKnownExperiment = (run: RunInfo, known: Experiment): RunInfo =>
  changedFields(run.experiment, known).length === 0 ? { ...run, experiment: known } : run;
