import { createFolderStore } from '../../archive/folder-store.ts';
import { makeDueChanges } from '../../archive/replay.ts';
import type { RunRecorder } from '../../archive/run-recorder.ts';
import { StoredRun } from '../../archive/stored-run.ts';
import { awakeNow } from '../../base/awake-clock.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Measurement } from '../../runs/measurement.ts';
import type { RunState } from '../../runs/run-record.ts';
import type { Executor } from '../../runtime/executor.ts';
import type { Training } from '../../trainer/training.ts';

/** The record, history and checkpoints of a run's folder. */
export const runIn = (folder: string): StoredRun => new StoredRun(createFolderStore(folder), '');

/** Keeps a run in its folder while it is trained, and makes the changes of the run that it repeats. */
export class KeptRun {
  private keptAt = awakeNow();
  private writing: Promise<Result<void>> | undefined;

  constructor(
    private readonly training: Training,
    private readonly executor: Executor,
    private readonly recorder: RunRecorder,
    /** Seconds between checkpoints; undefined: only one, at the end. */
    private readonly every: number | undefined,
  ) {}

  measured(measurement: Measurement): void {
    this.recorder.measured(measurement);
  }

  /** Makes the changes that are due, and writes a checkpoint where its time has come. Call it between steps. */
  async betweenSteps(): Promise<Result<void>> {
    const changed = await makeDueChanges(this.training, this.recorder);
    if (!changed.ok) return changed;
    if (this.every === undefined || awakeNow() - this.keptAt < 1000 * this.every) return ok(undefined);
    this.keptAt = awakeNow();
    // The one before has had its time; its failure ends the run.
    const before = await this.writing;
    if (before?.ok === false) return before;
    this.recorder.observe(this.training, this.executor, 'unfinished');
    const taken = await this.recorder.checkpoint(this.training, this.executor);
    if (!taken.ok) return taken;
    this.writing = taken.value.written;
    return ok(undefined);
  }

  /** The last checkpoint, of a run that ended well or was told to; otherwise the record alone says how it ended. */
  async finish(state: RunState): Promise<Result<void>> {
    await this.writing;
    this.recorder.observe(this.training, this.executor, state);
    if (state === 'diverged' || this.training.position.step === 0) return this.recorder.saveRecord();
    const taken = await this.recorder.checkpoint(this.training, this.executor);
    return taken.ok ? taken.value.written : taken;
  }
}
