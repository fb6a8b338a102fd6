import type { Problem } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Limits } from '../experiment/limits.ts';
import type { ExportFormatName, ExportOptions } from '../runs/export-formats.ts';
import type { GradientCost, GradientMeasurement } from '../runs/gradient-measurement.ts';
import type { HistoryData } from '../runs/history.ts';
import type { InsightAnswer, InsightQuestion } from '../runs/insight.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { Replay } from '../runs/replay.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { Settings } from '../runs/settings.ts';
import type { DeviceReport, ExecutorName, Threads } from '../runtime/executor.ts';
import type { DataInfo, DataRequest, HubOffer, SetView, StoredSets } from './data-protocol.ts';

export type * from './data-protocol.ts';

/** Types only: what page and worker say to each other. Every request is answered once, by its id; events come unasked. */
export type ExecutorChoice = 'auto' | ExecutorName;

export type Request =
  /** Prepares data, executor and graphs of an experiment, and makes it the live run, at step 0 and paused. */
  | {
      readonly kind: 'open';
      readonly experiment: Experiment;
      readonly executor: ExecutorChoice;
      readonly name?: string | undefined;
      /** Runs of one sweep share it. */
      readonly group?: string | undefined;
      /** A recorded run that it repeats: its changes are made again at their steps, on its executor where `auto` is chosen. */
      readonly replay?: Replay | undefined;
    }
  /** Makes a stored run the live one, paused at its last good checkpoint; of the live run: goes back to it. */
  | {
      readonly kind: 'resume';
      readonly run: string;
      /** Left out: the one it was trained on. */
      readonly executor?: ExecutorChoice | undefined;
    }
  | { readonly kind: 'play' }
  /** Holds at the next breath, within a step. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'stepOnce' }
  /** Plays until the epoch ends. */
  | { readonly kind: 'playEpoch' }
  /** Back to step 0 with the initial weights of the seed. */
  | { readonly kind: 'reset' }
  /**
   * Applies an edited experiment to the live run: scalars from the next step on, the rest by a rebuild that keeps what fits. Fields in which
   * it agrees with `from`, the live experiment as the page knew it, stay as they are by now.
   */
  | { readonly kind: 'change'; readonly experiment: Experiment; readonly from: Experiment }
  | DataRequest
  /** Measures the whole test part now. */
  | { readonly kind: 'evaluate' }
  /** A look inside the live network between two steps; its numbers stay what they were. */
  | { readonly kind: 'insight'; readonly question: InsightQuestion }
  /** A run in a format: the live one, where none is named, as it is after the step under way; a stored one at its last checkpoint. */
  | {
      readonly kind: 'export';
      readonly run?: string | undefined;
      readonly format: ExportFormatName;
      readonly options: ExportOptions;
    }
  /** All stored runs, newest first, the live one among them. */
  | { readonly kind: 'listRuns' }
  /** Plans a measurement of gradients on so many images; nothing is allocated. */
  | { readonly kind: 'gradientCost'; readonly images: number }
  /** Measures every module's gradient beside back-propagation's, after the step under way. */
  | { readonly kind: 'measureGradients'; readonly images: number }
  /** What was measured of any run. */
  | { readonly kind: 'readHistory'; readonly run: string }
  /** Reads exported runs: zips of whole runs; records, measurements and results of a lesson as JSON. */
  | { readonly kind: 'readRunFiles'; readonly files: readonly File[] }
  /** Without a name the page names the run by what differs. */
  | { readonly kind: 'renameRun'; readonly run: string; readonly name: string | undefined }
  /** Takes a run from the list; `restoreRun` brings it back as long as it was not purged. */
  | { readonly kind: 'deleteRun'; readonly run: string }
  | { readonly kind: 'restoreRun'; readonly run: string }
  /** Writes a checkpoint after the step under way, as when the page is hidden. */
  | { readonly kind: 'checkpoint' }
  /** How runs are kept, and what a teacher's link allows, from now on. */
  | { readonly kind: 'configure'; readonly settings: Settings; readonly limits: Limits }
  /** A whole run (.hpff.zip), or weights as safetensors, with the experiment's JSON or without (then the file's own is used). */
  | { readonly kind: 'import'; readonly weights: File; readonly experiment: File | undefined };

export type RequestMessage = Request & { readonly id: number };

/** What an executor is called and whether it can be used here. */
export interface ExecutorState {
  readonly name: ExecutorName;
  readonly usable: boolean;
  /** What it would run on, or why it cannot be used. */
  readonly reason: string;
}

/** The live run, as it was made. */
export interface RunInfo {
  readonly id: string;
  readonly record: RunRecord;
  readonly experiment: Experiment;
  readonly executor: ExecutorName;
  readonly description: string;
  readonly threads: Threads | undefined;
  /** Why this executor was chosen, where that is not the obvious one. */
  readonly note: string | undefined;
  readonly executors: readonly ExecutorState[];
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  readonly data: DataInfo;
  /** Set after a rebuild: tensors that started anew. */
  readonly startedAnew: readonly string[];
}

/** A file made by an export. */
export interface Exported {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Answers by request kind; kinds not named answer with nothing. */
export interface Answers {
  /** `notes` say why numbers may differ from those of the run that is repeated. */
  readonly open: RunInfo & { readonly notes: readonly string[] };
  readonly change: RunInfo;
  readonly reset: RunInfo;
  readonly loadData: DataInfo;
  readonly viewData: SetView;
  readonly insight: InsightAnswer;
  readonly planHub: HubOffer;
  readonly listSets: StoredSets;
  readonly deleteSet: StoredSets;
  readonly export: Exported;
  /** The imported run; `continues` says whether the optimiser's state came along. */
  readonly import: RunInfo & {
    readonly continues: boolean;
    /** Only the network came along: the auxiliary networks started anew. */
    readonly withoutAuxiliary: boolean;
    readonly step: number;
    /** Why numbers may differ from those of the run's origin. */
    readonly notes: readonly string[];
  };
  /** `notes` say what was passed over, and why numbers may differ. */
  readonly resume: RunInfo & { readonly step: number; readonly notes: readonly string[] };
  /** `problems` name runs that are stored and cannot be read. */
  readonly listRuns: { readonly records: readonly RunRecord[]; readonly problems: readonly string[] };
  readonly readHistory: HistoryData;
  readonly gradientCost: GradientCost;
  readonly measureGradients: GradientMeasurement;
  /** `file` is a file's name without its ending and `index` its place, the same for all runs of one; `problems` say why others cannot be read. */
  readonly readRunFiles: {
    readonly runs: readonly {
      readonly file: string;
      readonly index: number;
      readonly record: RunRecord;
      readonly history: HistoryData;
    }[];
    readonly problems: readonly string[];
  };
}

export type AnswerOf<Kind extends Request['kind']> = Kind extends keyof Answers ? Answers[Kind] : undefined;

export type RunStatus = 'preparing' | 'paused' | 'running' | 'evaluating' | 'finished' | 'failed';

/** Position and pace of the live run. */
export interface Progress {
  readonly status: RunStatus;
  /** Which epoch, step and node are under way, in words. */
  readonly step: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Step of the last checkpoint that is stored, where the run would go on; undefined before the first. */
  readonly keptStep: number | undefined;
  /** Median seconds of a step over the last ones; undefined before the first. */
  readonly secondsPerStep: number | undefined;
  /** Seconds per epoch, evaluation included; an estimate before it was seen. */
  readonly secondsPerEpoch: number | undefined;
  readonly secondsLeft: number | undefined;
  /** Bytes the executor holds now and at most so far: measured, not planned. */
  readonly heldBytes: number;
  readonly peakBytes: number;
  /** Of an executor with kernels of its own on a GPU. */
  readonly device: DeviceReport | undefined;
}

export type WorkerMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly error: Problem }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** New measurements of the live run since the last message, oldest first; sent at most ten times a second. */
  | { readonly kind: 'measurements'; readonly measurements: readonly Measurement[] }
  /** How far reading data or preparing has come, 0 to 1, or undefined while unknown. */
  | { readonly kind: 'preparing'; readonly what: string; readonly share: number | undefined }
  /** Records that are new or changed. */
  | { readonly kind: 'runs'; readonly records: readonly RunRecord[] }
  /** Changes of the run that the live one repeats were made. */
  | { readonly kind: 'replayed'; readonly run: RunInfo }
  /** One of them could not be made: those still to come are left out, and the run is paused. */
  | { readonly kind: 'replayEnded'; readonly error: Problem }
  /** Storing the live run failed, or works again; the run itself goes on. */
  | { readonly kind: 'storing'; readonly error: Problem | undefined }
  /** The run stopped by itself; the page shows it, and the run can be reset or reopened. */
  | { readonly kind: 'failed'; readonly error: Problem };
