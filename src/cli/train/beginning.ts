import { existsSync, readFileSync, statSync } from 'node:fs';
import { differences, provenanceOf } from '../../archive/provenance.ts';
import { type Resumption, readResumption } from '../../archive/resumption.ts';
import { newRunId } from '../../archive/run-id.ts';
import { beginRecord, RunRecorder } from '../../archive/run-recorder.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { applySettings } from '../../experiment/parse-setting.ts';
import { History } from '../../runs/history.ts';
import { largestRecord, parseRecordText } from '../../runs/record-text.ts';
import { type Replay, replayOf } from '../../runs/replay.ts';
import { handedOver, provenanceNow, type RunRecord } from '../../runs/run-record.ts';
import type { Executor } from '../../runtime/executor.ts';
import { checkCheckpoint, restoreCheckpoint } from '../../trainer/checkpoint.ts';
import type { Training } from '../../trainer/training.ts';
import { wholeNumber } from '../arguments.ts';
import { readExperiment } from '../experiment-arguments.ts';
import { programVersion } from '../version.ts';
import { runIn } from './kept-run.ts';

/** What a run on the command line begins with. */
export interface Beginning {
  readonly experiment: Experiment;
  readonly out: string;
  readonly overwrite: boolean;
  /** Length of the schedule, where it is not the experiment's. */
  readonly totalSteps: number | undefined;
  readonly stopAfter: number | undefined;
  /** Where a run goes on, undefined for a new one. */
  readonly continues: Resumption | undefined;
  /** The recorded run that a new one repeats, with the changes to make again. */
  readonly replay: Replay | undefined;
}

interface Values {
  readonly experiment: string | undefined;
  readonly set: readonly string[];
  readonly out: string | undefined;
  readonly overwrite: boolean;
  readonly steps: string | undefined;
  readonly epochs: string | undefined;
  readonly 'stop-after': string | undefined;
}

/** A new run, of an experiment or of a record, whose changes it repeats. */
export function readBeginning(values: Values): Result<Beginning> {
  const { out, overwrite } = values;
  if (out === undefined) return fail('--out is missing. Name a folder for the run.', '--out');
  const length = readLength(values);
  if (!length.ok) return length;
  const { steps, epochs, stopAfter } = length.value;
  const record = readRecord(values.experiment);
  if (!record.ok) return record;
  const read = record.value === undefined ? readExperiment(values) : applySettings(record.value.experiment, values.set);
  const experiment = read.ok && epochs !== undefined ? applySettings(read.value, [`epochs=${epochs}`]) : read;
  if (!experiment.ok) return experiment;
  const replay = record.value && replayOf(record.value, record.value.name);
  const sameLength = epochs === undefined && !values.set.some((setting) => setting.startsWith('epochs='));
  return ok({
    experiment: experiment.value,
    out,
    overwrite,
    totalSteps: steps ?? (sameLength ? replay?.totalSteps : undefined),
    stopAfter,
    continues: undefined,
    replay,
  });
}

/** The run of a folder, where it was left. */
export async function readContinuation(folder: string, values: Values): Promise<Result<Beginning>> {
  const given = (['experiment', 'out', 'steps', 'epochs'] as const).find((name) => values[name] !== undefined);
  if (given !== undefined || values.set.length > 0) {
    const name = given ?? 'set';
    return fail(`--${name} does not go with --resume: the run goes on as it was. Leave it out.`, `--${name}`);
  }
  const stopAfter = wholeNumber('stop-after', values['stop-after'], 1, 100_000_000);
  if (!stopAfter.ok) return stopAfter;
  const stored = runIn(folder);
  const record = await stored.readRecord();
  if (!record.ok) return record;
  if (record.value === undefined) {
    return fail(`--resume ${folder} holds no record.json. Name the --out folder of a run.`, '--resume');
  }
  const resumption = await readResumption(stored, record.value);
  if (!resumption.ok) return resumption;
  const { experiment, totalSteps } = resumption.value;
  return ok({
    experiment,
    out: folder,
    overwrite: true,
    totalSteps,
    stopAfter: stopAfter.value,
    continues: resumption.value,
    replay: resumption.value.record.replay,
  });
}

/** The recorder of a new run, or of one that goes on, whose checkpoint is restored into the training. */
export async function startRecorder(
  out: string,
  training: Training,
  executor: Executor,
  { continues, replay }: Pick<Beginning, 'continues' | 'replay'>,
  note: (text: string) => void,
): Promise<Result<RunRecorder>> {
  const provenance = provenanceOf(programVersion(), training, executor);
  if (continues === undefined) {
    const { experiment } = training;
    if (replay !== undefined) for (const text of differences(replay.provenance, training, executor)) note(text);
    const record = beginRecord({ id: newRunId(), name: undefined, group: undefined, experiment, provenance, replay });
    return ok(new RunRecorder(record, new History(), runIn(out)));
  }
  const { record, checkpoint, history, notes } = continues;
  for (const text of [...notes, ...differences(provenanceNow(record), training, executor)]) note(text);
  if (checkpoint !== undefined) {
    const checked = checkCheckpoint(checkpoint, training, 'the checkpoint');
    if (!checked.ok) return checked;
    const restored = await restoreCheckpoint(checked.value, training, executor);
    if (!restored.ok) return restored;
  }
  note(`Going on at step ${training.position.step}.`);
  const { step } = training.position;
  return ok(new RunRecorder(handedOver(record, step, provenance), history, runIn(out), step));
}

/** The record that `--experiment` names; undefined where it names something else. */
function readRecord(path: string | undefined): Result<RunRecord | undefined> {
  if (path === undefined || !existsSync(path) || !statSync(path).isFile() || statSync(path).size > largestRecord)
    return ok(undefined);
  try {
    const record = parseRecordText(readFileSync(path, 'utf8'), path);
    // What is no record is read, or refused in words, as an experiment.
    return record === undefined ? ok(undefined) : record;
  } catch {
    return ok(undefined);
  }
}

/** The options that say how long to train. */
function readLength(values: Values): Result<Record<'steps' | 'epochs' | 'stopAfter', number | undefined>> {
  const steps = wholeNumber('steps', values.steps, 1, 100_000_000);
  if (!steps.ok) return steps;
  const epochs = wholeNumber('epochs', values.epochs, 1, 10_000);
  if (!epochs.ok) return epochs;
  const stopAfter = wholeNumber('stop-after', values['stop-after'], 1, 100_000_000);
  if (!stopAfter.ok) return stopAfter;
  if (steps.value !== undefined && epochs.value !== undefined) {
    return fail('--steps and --epochs both set the length of the schedule. Give one of them.', '--steps');
  }
  return ok({ steps: steps.value, epochs: epochs.value, stopAfter: stopAfter.value });
}
