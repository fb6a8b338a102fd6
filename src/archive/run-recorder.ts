import { ok, type Result } from '../base/result.ts';
import { changedFields } from '../experiment/changes.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { fields } from '../experiment/fields.ts';
import type { StepConfiguration } from '../methods/configuration.ts';
import { planStep } from '../methods/preview.ts';
import { type GradientMeasurement, gradientRow } from '../runs/gradient-measurement.ts';
import { History } from '../runs/history.ts';
import type { Measurement } from '../runs/measurement.ts';
import { endedReplay, type Replay, withOwn } from '../runs/replay.ts';
import type { Provenance, RunChange, RunRecord, RunState } from '../runs/run-record.ts';
import { recentPace, scoresOf } from '../runs/scores.ts';
import type { Executor } from '../runtime/executor.ts';
import { takeCheckpoint } from '../trainer/checkpoint.ts';
import type { Training } from '../trainer/training.ts';
import type { StoredRun } from './stored-run.ts';

/** Metadata of a checkpoint: how many of the record's changes had been made. */
export const changesMetadata = 'changes';

/** Of a run that repeats another: how many changes had been made again, and the fields changed by hand, by commas. */
export const replayMetadata = { made: 'replayed_changes', own: 'replay_own_fields' } as const;

/** What names a run that is begun. */
export interface RunBeginning {
  readonly id: string;
  readonly name: string | undefined;
  readonly group: string | undefined;
  readonly experiment: Experiment;
  readonly provenance: Provenance;
  /** Of a run that repeats another. */
  readonly replay?: Replay | undefined;
}

/** A record without a step yet. */
export function beginRecord({ id, name, group, experiment, provenance, replay }: RunBeginning): RunRecord {
  return {
    format: 'hpff-run',
    version: 1,
    id,
    name,
    group,
    created: new Date().toISOString(),
    experiment,
    changes: [],
    provenance,
    handovers: [],
    replay,
    summary: {
      state: 'unfinished',
      step: 0,
      totalSteps: 0,
      stepsPerEpoch: 0,
      seconds: 0,
      imagesPerSecond: undefined,
      peakBytes: 0,
      plannedBytes: 0,
      multiplyAdds: 0,
      scores: scoresOf(new History()),
    },
  };
}

/** Keeps the record and the history of the live run, and writes them with its checkpoints. */
export class RunRecorder {
  private cost:
    | { readonly of: StepConfiguration; readonly plannedBytes: number; readonly multiplyAdds: number }
    | undefined;
  private saving: Promise<unknown> = Promise.resolve();
  private recordStored = false;
  /** Those in the last checkpoint. */
  private savedChanges: RunRecord['changes'];

  constructor(
    private recordNow: RunRecord,
    readonly history: History,
    private readonly stored: StoredRun,
    /** Step of the checkpoint it goes on from. */
    private savedStep?: number,
  ) {
    this.savedChanges = recordNow.changes;
  }

  get record(): RunRecord {
    return this.recordNow;
  }

  /** Whether the last checkpoint holds the run as it is now. */
  get isSaved(): boolean {
    return this.savedStep === this.recordNow.summary.step && this.savedChanges === this.recordNow.changes;
  }

  /** Step of the last checkpoint written; undefined before the first. */
  get lastSaved(): number | undefined {
    return this.savedStep;
  }

  measured(measurement: Measurement): void {
    this.history.add([measurement]);
  }

  measuredGradients(measurement: GradientMeasurement): void {
    this.history.gradients.append(gradientRow(measurement));
  }

  /** Notes a change by hand that counts from the next step on; changes at one step, as a slider makes many, are one. */
  changed(step: number, before: Experiment, after: Experiment): void {
    const { replay } = this.recordNow;
    if (replay !== undefined)
      this.recordNow = { ...this.recordNow, replay: withOwn(replay, changedFields(before, after)) };
    this.note(step, before, after);
  }

  /** Notes that the next change of the run that is repeated was made again. */
  replayed(step: number, before: Experiment, after: Experiment): void {
    const { replay } = this.recordNow;
    if (replay !== undefined) this.recordNow = { ...this.recordNow, replay: { ...replay, made: replay.made + 1 } };
    this.note(step, before, after);
  }

  /** The changes still to come are left out. */
  endReplay(): void {
    const { replay } = this.recordNow;
    if (replay !== undefined) this.recordNow = { ...this.recordNow, replay: endedReplay(replay) };
  }

  private note(step: number, before: Experiment, after: Experiment): void {
    const change: Partial<Experiment> = Object.fromEntries(
      changedFields(before, after).map((name) => [name, after[name]]),
    );
    if (Object.keys(change).length === 0) return;
    const { changes } = this.recordNow;
    const last = changes.at(-1);
    // What two rebuilds started anew is more than one from the first to the last would.
    const joins = last?.step === step && !(rebuilds(change) && rebuilds(last.change));
    const joined: readonly RunChange[] = joins
      ? [...changes.slice(0, -1), { step, change: { ...last.change, ...change } }]
      : [...changes, { step, change }];
    this.recordNow = { ...this.recordNow, changes: joined };
  }

  rename(name: string | undefined): void {
    this.recordNow = { ...this.recordNow, name };
  }

  /** Brings the summary up to date. */
  observe(training: Training, executor: Executor, state: RunState): RunRecord {
    const { step, totalSteps, stepsPerEpoch } = training.position;
    const { plannedBytes, multiplyAdds } = this.costOf(training.stepConfiguration);
    const peakBytes = Math.max(this.recordNow.summary.peakBytes, executor.bytes().peak);
    this.recordNow = {
      ...this.recordNow,
      summary: {
        state,
        step,
        totalSteps,
        stepsPerEpoch,
        seconds: training.seconds,
        imagesPerSecond: recentPace(this.history),
        peakBytes,
        plannedBytes,
        multiplyAdds,
        scores: scoresOf(this.history),
      },
    };
    return this.recordNow;
  }

  /** Writes the record alone. */
  async saveRecord(): Promise<Result<void>> {
    this.recordStored = true;
    return this.inTurn(() => this.stored.writeRecord(this.recordNow));
  }

  /** Writes the history and the record, between two checkpoints. */
  async saveHistory(): Promise<Result<void>> {
    this.recordStored = true;
    return this.inTurn(async () => {
      const written = await this.stored.writeHistory(this.history);
      return written.ok ? this.stored.writeRecord(this.recordNow) : written;
    });
  }

  /** Whether the record was given to the store; before, a run that breaks off leaves nothing. */
  get isStored(): boolean {
    return this.recordStored;
  }

  /**
   * A checkpoint of the run as it is now, between two steps. The answer resolves when the state was copied; its `written`
   * when history, checkpoint and record are stored. What happens to the run meanwhile is not in it.
   */
  async checkpoint(
    training: Training,
    executor: Executor,
  ): Promise<Result<{ readonly written: Promise<Result<void>> }>> {
    const { changes, replay } = this.recordNow;
    const taken = await takeCheckpoint(training, executor);
    if (!taken.ok) return taken;
    const { step } = taken.value;
    const written = this.inTurn(async (): Promise<Result<void>> => {
      const file = await taken.value.file();
      if (!file.ok) return file;
      const { tensors, metadata } = file.value;
      // History first: rows that no checkpoint reaches are cut off when it is read.
      const history = await this.stored.writeHistory(this.history);
      if (!history.ok) return history;
      const kept = await this.stored.writeCheckpoint(step, {
        tensors,
        metadata: {
          ...metadata,
          [changesMetadata]: String(changes.length),
          ...(replay && { [replayMetadata.made]: String(replay.made), [replayMetadata.own]: replay.own.join() }),
        },
      });
      if (!kept.ok) return kept;
      const record = await this.stored.writeRecord(this.recordNow);
      if (!record.ok) return record;
      this.recordStored = true;
      this.savedStep = step;
      this.savedChanges = changes;
      return ok(undefined);
    });
    return ok({ written });
  }

  private costOf(configuration: StepConfiguration): NonNullable<typeof this.cost> {
    if (this.cost?.of !== configuration) {
      const { peakBytes, multiplyAdds } = planStep(configuration);
      this.cost = { of: configuration, plannedBytes: peakBytes, multiplyAdds };
    }
    return this.cost;
  }

  private inTurn<Made>(body: () => Promise<Made>): Promise<Made> {
    const made = this.saving.then(body);
    this.saving = made.catch(() => undefined);
    return made;
  }
}

const rebuilds = (change: Partial<Experiment>): boolean =>
  (Object.keys(change) as FieldName[]).some((name) => fields[name].effect === 'rebuilds');
