import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { ownLength } from './own-length.ts';
import { experimentNow, type Provenance, type RunChange, type RunRecord } from './run-record.ts';

/** Of a run that repeats another from its first experiment: which one, the changes to make again, and how far that has come. */
export interface Replay {
  /** Identity of the run that is repeated. */
  readonly of: string;
  /** What it was called when this one began. */
  readonly name: string | undefined;
  /** Steps it had done then. */
  readonly steps: number;
  /** Length of its schedule in steps, where that is not its experiment's epochs. */
  readonly totalSteps: number | undefined;
  /** Where its first steps were computed: elsewhere the numbers differ slightly. */
  readonly provenance: Provenance;
  /** All changes made to it, in order. */
  readonly changes: readonly RunChange[];
  /** How many of them were made again, or left out, the first ones. */
  readonly made: number;
  /** Fields that were changed by hand meanwhile: they stay as they were set. */
  readonly own: readonly FieldName[];
}

/**
 * What repeats a recorded run.
 *
 * @param name what it is called where it is shown
 */
export const replayOf = (record: RunRecord, name: string | undefined): Replay => ({
  of: record.id,
  name,
  steps: record.summary.step,
  totalSteps: ownLength(record.summary.totalSteps, record.summary.stepsPerEpoch, experimentNow(record)),
  provenance: record.provenance,
  changes: record.changes,
  made: 0,
  own: [],
});

/** The changes still to be made, without the fields that stay as they were set by hand. */
export const changesToCome = ({ changes, made, own }: Replay): readonly RunChange[] =>
  changes.slice(made).map(({ step, change }) => ({ step, change: without(change, own) }));

/** The next change, where its step has come. @param step steps done */
export function dueChange(replay: Replay | undefined, step: number): RunChange | undefined {
  const next = replay?.changes[replay.made];
  if (replay === undefined || next === undefined || next.step > step) return undefined;
  return { step: next.step, change: without(next.change, replay.own) };
}

/** The same replay, of which no change was made yet. */
export const fromTheStart = (replay: Replay): Replay => ({ ...replay, made: 0, own: [] });

/** A run that is repeated goes on by itself from here: the changes still to come are left out. */
export const endedReplay = (replay: Replay): Replay => ({ ...replay, made: replay.changes.length });

/** Fields changed by hand during the replay stay as they were set. */
export function withOwn(replay: Replay, fields: readonly FieldName[]): Replay {
  if (replay.made === replay.changes.length) return replay;
  return { ...replay, own: [...new Set([...replay.own, ...fields])] };
}

const without = (change: Partial<Experiment>, names: readonly FieldName[]): Partial<Experiment> =>
  Object.fromEntries(Object.entries(change).filter(([name]) => !(names as readonly string[]).includes(name)));
