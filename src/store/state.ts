import type { Problem } from '../base/result.ts';
import { changedFields } from '../experiment/changes.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { fieldNames, fields } from '../experiment/fields.ts';
import type { Limits } from '../experiment/limits.ts';
import type { Preview } from '../methods/preview.ts';
import type { StepWalk } from '../methods/step-walk.ts';
import type { ExportFormatName } from '../runs/export-formats.ts';
import type { GradientCost } from '../runs/gradient-measurement.ts';
import type { History } from '../runs/history.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { Settings } from '../runs/settings.ts';
import type {
  DataInfo,
  ExecutorChoice,
  HubOffer,
  Progress,
  RunInfo,
  RunStatus,
  ServedFile,
  SetView,
  StoredSets,
} from '../worker/protocol.ts';
import type { BatchSearch } from './batch-actions.ts';
import type { InsightState } from './insight-actions.ts';
import type { LessonState } from './lesson-actions.ts';
import type { RunsView } from './runs-view-actions.ts';
import type { RunQueue } from './sweep/queue.ts';
import type { Teaching } from './teaching.ts';
import type { EditHistory } from './undo.ts';

/** Where on the page a problem is shown: beside the control that caused it. */
export type Place =
  | 'link'
  | 'controls'
  | 'transport'
  | 'data'
  | 'executor'
  | 'import'
  | 'export'
  | 'failure'
  | 'storage'
  | 'runs'
  | 'gradients';

/** The screens of the page: one is on show. */
export type ViewName = 'train' | 'compare' | 'insight' | 'lessons';

/** A file made by an export, to download again. */
export interface ExportedBlob {
  readonly name: string;
  readonly content: Blob;
}

/** A run of a file. */
export interface FileRun {
  /** The file's name without its ending, the same for all runs of one. */
  readonly file: string;
  /** The identity it had where it was made. */
  readonly id: string;
  /** With an identity of its own on this page: the same run may be among the kept ones, and come twice. */
  readonly record: RunRecord;
}

/** All the page shows. Components read it; only the store's actions change it. */
export interface PlaygroundState {
  readonly view: ViewName;
  /** What the controls show: always a possible experiment. */
  readonly experiment: Experiment;
  /** While a handle is dragged: the experiment as it was before; `experiment` then shows what letting go would make. */
  readonly trying: Experiment | undefined;
  readonly edits: EditHistory;
  /** A preset, link or file that waits for "Start a new run with this". */
  readonly held: boolean;
  readonly executor: ExecutorChoice;
  /** The choice that the live run was opened with. */
  readonly openedWith: ExecutorChoice;
  /** The live run as the worker made it; undefined until the first was opened. */
  readonly run: RunInfo | undefined;
  readonly opening: boolean;
  /** A change is being built into the live run. */
  readonly rebuilding: boolean;
  readonly progress: Progress | undefined;
  readonly preparing: { readonly what: string; readonly share: number | undefined } | undefined;
  /** Grows in place; `historyVersion` counts the versions worth drawing. */
  readonly history: History;
  readonly historyVersion: number;
  /** Runs on the charts beside the live one, by identity, in the order they were chosen. */
  readonly compared: readonly string[];
  /** What the measurement of gradients that was asked about would take. */
  readonly gradientCost: GradientCost | undefined;
  readonly measuringGradients: boolean;
  /** Runs read from files, for comparison only; their histories stand with the others. */
  readonly fileRuns: readonly FileRun[];
  /** The record of a run that was given as a file, while the user is asked what to do with it. */
  readonly givenRecord: { readonly file: File; readonly record: RunRecord } | undefined;
  readonly runsView: RunsView;
  readonly batchSearch: BatchSearch;
  readonly queue: RunQueue;
  /** When this page was opened another one had a queue, too: its runs train there. */
  readonly queueElsewhere: boolean;
  /** Every run that is kept, newest first; the live one among them, as it was a second ago at most. */
  readonly runs: readonly RunRecord[];
  /** Histories of runs by their id, the live one's among them; others are there once `loadHistory` was asked for them. */
  readonly histories: ReadonlyMap<string, History>;
  /** Deleted in this visit and still to be brought back, the last one last. */
  readonly deletedRuns: readonly RunRecord[];
  readonly settings: Settings;
  /** Cost of `previewOf`, which trails `experiment` by as long as planning takes. */
  readonly preview: Preview | undefined;
  readonly previewOf: Experiment | undefined;
  /** One step of the shown experiment in slow motion; undefined while nobody looks at it. `of` trails `experiment`, too. */
  readonly walk: { readonly of: Experiment | undefined; readonly steps: StepWalk | undefined } | undefined;
  readonly insight: InsightState;
  readonly lesson: LessonState;
  /** What a teacher's link set; undefined without one. */
  readonly teaching: Teaching | undefined;
  /** What that link allows of runs. */
  readonly limits: Limits;
  /** Why a field's typed value was not taken. */
  readonly refusals: Readonly<Partial<Record<FieldName, string>>>;
  readonly alsoChanged: readonly string[];
  readonly startedAnew: readonly string[];
  readonly problems: Readonly<Partial<Record<Place, Problem>>>;
  /** Said once after something worked: an import, a link. */
  readonly notice: string | undefined;
  readonly loadingData: boolean;
  /** The sets that were loaded, one of each name, whether the live run uses them or not. */
  readonly loadedData: readonly DataInfo[];
  /** The one of them that the live run was opened with; undefined where its images were drawn, or came from this device by themselves. */
  readonly dataOfRun: DataInfo | undefined;
  /** The last look at a set. */
  readonly dataView: SetView | undefined;
  /** What fetching from a hub would cost, as it was last asked. */
  readonly hubOffer: HubOffer | undefined;
  /** Sets kept on this device. */
  readonly storedSets: StoredSets;
  /** Bytes of decoded images that may be in memory. */
  readonly imageMemory: number;
  /** Files that the page's own server hands out. */
  readonly served: readonly ServedFile[];
  /** The format whose file is being made. */
  readonly exporting: ExportFormatName | undefined;
  readonly exported: ExportedBlob | undefined;
}

/** The state of the run in the protocol's words. */
export function statusOf({ opening, progress, problems }: PlaygroundState): RunStatus {
  if (opening) return 'preparing';
  if (problems.failure !== undefined) return 'failed';
  return progress?.status ?? (problems.executor === undefined ? 'preparing' : 'failed');
}

/** What is known of the images an experiment names: of the live run's, or of those loaded. */
export function dataOf({ loadedData, run }: Pick<PlaygroundState, 'loadedData' | 'run'>, { data }: Experiment) {
  return loadedData.find(({ name }) => name === data) ?? (run?.data.name === data ? run.data : undefined);
}

/** Whether a run in this state is at work. */
export const isGoing = (status: RunStatus): boolean => status === 'running' || status === 'evaluating';

/** Version of the history that is drawn at once: undefined of a run at work, which figures follow in their turn. */
export const versionAtRest = (state: PlaygroundState): number | undefined =>
  isGoing(statusOf(state)) ? undefined : state.historyVersion;

/** Fields whose edits wait for a new run: those that restart, or all that differ while an experiment is held. */
export function waitingFields({ run, held, experiment }: PlaygroundState): readonly FieldName[] {
  if (run === undefined || run.experiment === experiment) return none;
  const { all, restarting } = differences(run.experiment, experiment);
  return held ? all : restarting;
}

const none: readonly FieldName[] = [];

interface Differences {
  readonly one: Experiment;
  readonly other: Experiment;
  readonly all: readonly FieldName[];
  readonly restarting: readonly FieldName[];
}
let last: Differences | undefined;

/** Fields that differ. Every control asks at every change of the page, and needs the same list as long as nothing changed. */
function differences(one: Experiment, other: Experiment): Differences {
  if (last?.one !== one || last.other !== other) {
    const all = changedFields(one, other);
    last = { one, other, all, restarting: all.filter((name) => fields[name].effect === 'restarts') };
  }
  return last;
}

/** Whether "Start a new run with this" has something to do. */
export const waitsForNewRun = (state: PlaygroundState): boolean =>
  !state.opening && (state.run === undefined || waitingFields(state).length > 0);

/** What can be applied to the live run of an edited experiment: all but what needs a new run. */
export function applicable(edited: Experiment, live: Experiment): Experiment {
  const restarting = fieldNames.filter((name) => fields[name].effect === 'restarts');
  return { ...edited, ...Object.fromEntries(restarting.map((name) => [name, live[name]])) };
}

/** Words for the marks on the charts: which fields a change of the live run moved, and to what. */
export function changeInWords(before: Experiment, after: Experiment): string {
  const words = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return changedFields(before, after)
    .map((name) => `${fields[name].title} ${words(before[name])} to ${words(after[name])}`)
    .join('; ');
}
