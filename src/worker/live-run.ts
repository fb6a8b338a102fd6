import { isChangeDue, makeDueChanges } from '../archive/replay.ts';
import type { RunRecorder } from '../archive/run-recorder.ts';
import { ok, type Problem, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { GradientMeasurement } from '../runs/gradient-measurement.ts';
import type { Measurement } from '../runs/measurement.ts';
import type { RunRecord, RunState } from '../runs/run-record.ts';
import type { Settings } from '../runs/settings.ts';
import { Runner, type RunnerStatus } from '../trainer/runner.ts';
import type { Training } from '../trainer/training.ts';
import type { ChosenExecutor } from './executors.ts';

export interface LiveListener {
  measured(measurement: Measurement): void;
  changed(status: RunnerStatus): void;
  failed(problem: Problem): void;
  /** A checkpoint was written, or why not. */
  kept(problem: Problem | undefined): void;
  /** Whether a change of the run that is repeated may be made here. */
  allow(experiment: Experiment): Result<void>;
  /** Changes of the run that is repeated were made; what has parameters that started anew. The next step waits. */
  replayed(startedAnew: readonly string[]): Promise<void>;
  /** One of them could not be made: those still to come are left out, and the run is paused. */
  replayEnded(problem: Problem): void;
}

/** The live run: its training, who plays it, and what keeps it. */
export class LiveRun {
  readonly runner: Runner;
  private failure: Problem | undefined;
  private keeping: Promise<void> | undefined;
  private keptAt: number;
  private wanted = false;
  private changing: Promise<void> = Promise.resolve();
  private over = false;

  constructor(
    readonly training: Training,
    readonly chosen: ChosenExecutor,
    readonly recorder: RunRecorder,
    /** Gives up the right to write the run. */
    readonly unlock: () => void,
    private readonly settings: () => Settings,
    /** Milliseconds awake. */
    private readonly now: () => number,
    private readonly listener: LiveListener,
  ) {
    this.keptAt = now();
    this.runner = new Runner(training, {
      measured: (measurement) => {
        recorder.measured(measurement);
        if (!recorder.isStored) void this.keepRecord();
        listener.measured(measurement);
      },
      changed: listener.changed,
      failed: (problem) => {
        this.failure = problem;
        void this.keepRecord();
        listener.failed(problem);
      },
      restDue: () => this.isKeepingDue,
      betweenSteps: () => this.keep(),
      changeDue: () => isChangeDue(training, recorder),
      makeChanges: () => {
        this.changing = this.repeatChanges();
        return this.changing;
      },
    });
  }

  /** Resolves when no change of the run that is repeated is being made. */
  async changesMade(): Promise<void> {
    await this.changing;
  }

  /** Whether there is still something to train with. */
  get deviceLost(): boolean {
    return this.failure?.fault === 'device-lost';
  }

  /** The record as it is now. */
  get record(): RunRecord {
    return this.recorder.observe(this.training, this.chosen.executor, this.state);
  }

  /** Writes a checkpoint after the step under way. */
  keepSoon(): void {
    this.wanted = true;
  }

  /** Writes a checkpoint now where steps were done, or fields changed, since the last; call it while no step is under way. */
  async keepNow(): Promise<void> {
    await this.keeping;
    const { summary } = this.record;
    if (this.over || this.failure !== undefined || summary.step === 0 || this.recorder.isSaved) return;
    await this.keep();
    await this.keeping;
  }

  /** A checkpoint of a run that was given its values from elsewhere. */
  async keepImported(): Promise<void> {
    await this.keep();
    await this.keeping;
  }

  /** Keeps gradients measured on request: a run at rest may write no checkpoint after them. */
  async measuredGradients(measurement: GradientMeasurement): Promise<void> {
    this.recorder.measuredGradients(measurement);
    // Before its first step a run leaves nothing behind.
    if (this.over || this.training.position.step === 0) return;
    void this.record;
    const written = await this.recorder.saveHistory();
    this.listener.kept(written.ok ? undefined : written.error);
  }

  /** Waits until what is being written is stored. */
  async drain(): Promise<void> {
    await this.keeping;
  }

  /** The run is not the live one any more; nothing is written from now on. `handedOn` is a lock that goes on being used. */
  async leave(handedOn?: () => void): Promise<void> {
    this.over = true;
    await this.keeping;
    if (handedOn !== this.unlock) this.unlock();
  }

  private get state(): RunState {
    if (this.failure?.fault === 'diverged') return 'diverged';
    return this.training.finished ? 'finished' : 'unfinished';
  }

  private get isKeepingDue(): boolean {
    if (this.keeping !== undefined || this.over) return false;
    return this.wanted || this.now() - this.keptAt >= 1000 * this.settings().checkpointSeconds;
  }

  /** Resolves when the state is copied; `keeping` when it is stored. */
  private async keep(): Promise<void> {
    this.wanted = false;
    this.keptAt = this.now();
    void this.record;
    const taken = await this.recorder.checkpoint(this.training, this.chosen.executor);
    if (!taken.ok) return this.listener.kept(taken.error);
    this.keeping = taken.value.written.then((written) => {
      this.keeping = undefined;
      this.keptAt = this.now();
      if (!written.ok && written.error.fault === 'diverged') return this.runner.breakOff(written.error);
      this.listener.kept(written.ok ? undefined : written.error);
    });
  }

  private async repeatChanges(): Promise<void> {
    const made = await makeDueChanges(this.training, this.recorder, (experiment) => this.listener.allow(experiment));
    if (!made.ok) {
      this.recorder.endReplay();
      this.runner.pause();
    }
    await this.listener.replayed(made.ok ? made.value : []);
    if (!made.ok) this.listener.replayEnded(made.error);
  }

  private async keepRecord(): Promise<Result<void>> {
    if (this.over) return ok(undefined);
    void this.record;
    const written = await this.recorder.saveRecord();
    if (!written.ok) this.listener.kept(written.error);
    return written;
  }
}
