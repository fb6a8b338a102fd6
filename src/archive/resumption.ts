import { ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { fieldNames } from '../experiment/fields.ts';
import type { TensorFile } from '../formats/safetensors.ts';
import { History } from '../runs/history.ts';
import { ownLength } from '../runs/own-length.ts';
import { fromTheStart, type Replay } from '../runs/replay.ts';
import { experimentNow, type RunRecord } from '../runs/run-record.ts';
import { experimentOfCheckpoint } from '../trainer/checkpoint.ts';
import { changesMetadata, replayMetadata } from './run-recorder.ts';
import type { StoredRun } from './stored-run.ts';

/** Where a stored run goes on: its last good checkpoint, or its first step where there is none. */
export interface Resumption {
  /** With the changes made, and what computed it, until then. */
  readonly record: RunRecord;
  readonly experiment: Experiment;
  /** With what was measured until then. */
  readonly history: History;
  readonly checkpoint: TensorFile | undefined;
  /** Length of the schedule, where it is not the experiment's. */
  readonly totalSteps: number | undefined;
  /** What was passed over or is missing, a sentence each. */
  readonly notes: readonly string[];
}

/** Reads where a run goes on. Errors: the store cannot be read; damaged parts are passed over, and said. */
export async function readResumption(stored: StoredRun, record: RunRecord): Promise<Result<Resumption>> {
  const read = await stored.readCheckpoint();
  if (!read.ok) return read;
  const kept = await stored.readHistory();
  if (!kept.ok) return kept;
  const { checkpoint, passedOver } = read.value;
  const { history, damage } = kept.value;
  const notes = [...passedOver];
  if (damage !== undefined) notes.push(`${damage} Measurements from there on are missing.`);
  const { totalSteps, stepsPerEpoch } = record.summary;
  const first: Resumption = {
    record: { ...record, changes: [], handovers: [], replay: record.replay && fromTheStart(record.replay) },
    experiment: record.experiment,
    history: new History(),
    checkpoint: undefined,
    totalSteps: ownLength(totalSteps, stepsPerEpoch, experimentNow(record)),
    notes: [...notes, 'There is no checkpoint of this run that can be read: it begins again at its first step.'],
  };
  if (checkpoint === undefined) return ok(first);
  const { file, step } = checkpoint;
  const { metadata } = file;
  const changes = record.changes.slice(0, Number(metadata[changesMetadata] ?? record.changes.length));
  const experiment = experimentOfCheckpoint(file);
  if (experiment?.ok === false) return ok({ ...first, notes: [...notes, experiment.error.message, ...first.notes] });
  history.cutAfter(step);
  const handovers = record.handovers.filter((handover) => handover.step < step);
  const withChanges = { ...record, changes, handovers, replay: record.replay && replayAt(record.replay, metadata) };
  return ok({
    record: withChanges,
    experiment: experiment?.value ?? experimentNow(withChanges),
    history,
    checkpoint: file,
    totalSteps: ownLength(
      Number(metadata.total_steps),
      Number(metadata.steps_per_epoch),
      experiment?.value ?? experimentNow(withChanges),
    ),
    notes,
  });
}

/** How far a replay had come at a checkpoint; one without the words for it, as a file of weights, stands where the record does. */
function replayAt(replay: Replay, metadata: TensorFile['metadata']): Replay {
  const made = Number(metadata[replayMetadata.made]);
  if (!Number.isSafeInteger(made) || made < 0 || made > replay.changes.length) return replay;
  const own = (metadata[replayMetadata.own] ?? '').split(',');
  return { ...replay, made, own: fieldNames.filter((name) => own.includes(name)) };
}
