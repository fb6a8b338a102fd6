import * as v from 'valibot';
import { inShort, issueInShort } from '../base/in-short.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { fieldNames } from '../experiment/fields.ts';
import { checkField, parseExperiment } from '../experiment/schema.ts';
import type { Replay } from './replay.ts';

/** A change of the live run: from step `step` on (steps done when it took effect), these fields have these values. */
export interface RunChange {
  readonly step: number;
  readonly change: Readonly<Partial<Experiment>>;
}

/** Where steps of a run were computed: enough to say why another machine's numbers may differ. */
export interface Provenance {
  readonly appVersion: string;
  readonly commit: string;
  readonly executor: string;
  /** Adapter, or backend and version, as the executor describes itself. */
  readonly device: string;
  /** Of the processor, where it computed; they change no number. */
  readonly threads?: number | undefined;
  /** Kernel variants and split factors that a trial chose; empty where nothing was chosen. */
  readonly kernels: string;
  readonly dataChecksum: string;
}

/** From step `step` on (steps done when it took over) something else than before computed the run. */
export interface Handover {
  readonly step: number;
  readonly provenance: Provenance;
}

export type RunState = 'unfinished' | 'finished' | 'diverged';

/** Accuracies (0 to 1) and where they were reached; `undefined` before the first evaluation, or without a validation part. */
export interface RunScores {
  readonly lastTest: number | undefined;
  /** "Best on test, as papers report". */
  readonly bestTest: number | undefined;
  readonly bestTestEpoch: number | undefined;
  /** Test accuracy at the epoch that was best on the validation part. */
  readonly testAtBestValidation: number | undefined;
  readonly bestValidation: number | undefined;
  readonly finalLoss: number | undefined;
}

/** Where a run stands and what it cost so far. */
export interface RunSummary {
  readonly state: RunState;
  readonly step: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Seconds of training and evaluation, pauses not counted. */
  readonly seconds: number;
  /** Median over the last steps. */
  readonly imagesPerSecond: number | undefined;
  /** Highest bytes the executor held. */
  readonly peakBytes: number;
  /** The plan's peak, probes not counted. */
  readonly plannedBytes: number;
  /** Multiply-adds of one training step, probes not counted. */
  readonly multiplyAdds: number;
  readonly scores: RunScores;
}

/** A run: its first experiment, the changes made to it while it ran, where it was made, and how it stands. */
export interface RunRecord {
  readonly format: 'hpff-run';
  readonly version: 1;
  readonly id: string;
  /** Given by the user; without one, the page names it by what differs from other runs. */
  readonly name: string | undefined;
  /** Runs of one sweep share it. */
  readonly group: string | undefined;
  /** ISO 8601. */
  readonly created: string;
  readonly experiment: Experiment;
  readonly changes: readonly RunChange[];
  /** Where its first steps were computed. */
  readonly provenance: Provenance;
  /** Where those after them were, in order; empty for a run that never moved. */
  readonly handovers: readonly Handover[];
  /** Of a run that repeats another. */
  readonly replay?: Replay | undefined;
  readonly summary: RunSummary;
}

/** Whether nothing was computed of a run: then it is kept nowhere. */
export const neverBegan = ({ summary }: Pick<RunRecord, 'summary'>): boolean =>
  summary.state === 'unfinished' && summary.step === 0;

/** Where a run was computed last. */
export const provenanceNow = ({ provenance, handovers }: Pick<RunRecord, 'provenance' | 'handovers'>): Provenance =>
  handovers.at(-1)?.provenance ?? provenance;

/** Where all of a run was computed: stretches of steps in order, each from its first step done there to the next one's. */
export const stretchesOf = ({ provenance, handovers }: Pick<RunRecord, 'provenance' | 'handovers'>): Handover[] => [
  { step: 0, provenance },
  ...handovers,
];

/**
 * The record of a run that goes on at a step, wherever that is: what took over at that step or later computed nothing that stays.
 *
 * @param step steps done
 */
export function handedOver(record: RunRecord, step: number, to: Provenance): RunRecord {
  if (step === 0) return { ...record, provenance: to, handovers: [] };
  const before = { ...record, handovers: record.handovers.filter((handover) => handover.step < step) };
  const last = provenanceNow(before);
  const same = (Object.keys(to) as (keyof Provenance)[]).every((key) => to[key] === last[key]);
  return same ? before : { ...before, handovers: [...before.handovers, { step, provenance: to }] };
}

/** The experiment as it is after all changes. */
export const experimentNow = ({ experiment, changes }: Pick<RunRecord, 'experiment' | 'changes'>): Experiment =>
  Object.assign({}, experiment, ...changes.map(({ change }) => change));

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2000));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

/** Older records name the device as tfjs on "WASM, one thread, SIMD": it never had more then. */
function withThreadsApart(read: Provenance): Provenance {
  const device = read.device.replace('on WASM, one thread, ', 'on WASM, ');
  return device === read.device ? read : { ...read, device, threads: 1 };
}

const provenanceSchema = v.pipe(
  v.object({
    appVersion: text,
    commit: text,
    executor: text,
    device: text,
    threads: v.optional(v.pipe(count, v.minValue(1))),
    kernels: text,
    dataChecksum: text,
  }),
  v.transform(withThreadsApart),
);

const changesSchema = v.pipe(
  v.array(v.object({ step: count, change: v.record(v.string(), v.unknown()) })),
  v.maxLength(100_000),
);

const replaySchema = v.pipe(
  v.object({
    of: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    name: v.optional(v.pipe(v.string(), v.maxLength(200))),
    steps: count,
    totalSteps: v.optional(count),
    provenance: provenanceSchema,
    changes: changesSchema,
    made: count,
    own: v.array(v.picklist(fieldNames)),
  }),
  v.check(({ made, changes }) => made <= changes.length, 'more changes are made than there are'),
);

const recordSchema = v.object({
  format: v.literal('hpff-run'),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  name: v.optional(v.pipe(v.string(), v.maxLength(200))),
  group: v.optional(v.pipe(v.string(), v.maxLength(200))),
  created: v.pipe(v.string(), v.isoTimestamp()),
  experiment: v.unknown(),
  changes: changesSchema,
  provenance: provenanceSchema,
  // Records made before runs were known to move have none.
  handovers: v.optional(
    v.pipe(v.array(v.object({ step: count, provenance: provenanceSchema })), v.maxLength(100_000)),
    [],
  ),
  replay: v.optional(replaySchema),
  summary: v.object({
    state: v.picklist(['unfinished', 'finished', 'diverged'] as const),
    step: count,
    totalSteps: count,
    stepsPerEpoch: count,
    seconds: amount,
    imagesPerSecond: v.optional(amount),
    peakBytes: amount,
    plannedBytes: amount,
    multiplyAdds: amount,
    scores: v.object({
      lastTest: share,
      bestTest: share,
      bestTestEpoch: v.optional(amount),
      testAtBestValidation: share,
      bestValidation: share,
      finalLoss: v.optional(v.pipe(v.number(), v.finite())),
    }),
  }),
});

/**
 * Checks a record read from storage or a file.
 *
 * @param data parsed JSON
 * @param where the file it came from
 * @returns the record, or the first problem in words
 */
export function parseRunRecord(data: unknown, where: string): Result<RunRecord> {
  const parsed = v.safeParse(recordSchema, data);
  if (!parsed.success) {
    return fail(
      `${where} is no record of a run that this version reads (${issueInShort(parsed.issues[0])}). It may be damaged or newer.`,
      where,
    );
  }
  const experiment = parseExperiment(parsed.output.experiment);
  if (!experiment.ok) return fail(`${where}: ${experiment.error.message}`, where);
  const checked = checkChanges([...parsed.output.changes, ...(parsed.output.replay?.changes ?? [])], where);
  if (!checked.ok) return checked;
  const last = parseExperiment(
    Object.assign({}, experiment.value, ...parsed.output.changes.map(({ change }) => change)),
  );
  if (!last.ok) return fail(`${where}: after its changes the experiment is not possible. ${last.error.message}`, where);
  // Every field was checked above; the schema only cannot name the experiment's types.
  return ok({ ...parsed.output, experiment: experiment.value } as RunRecord);
}

/**
 * Checks what a run is asked to repeat, as it comes from the page or from its storage.
 *
 * @param where what it came from
 */
export function parseReplay(data: unknown, where: string): Result<Replay> {
  const parsed = v.safeParse(replaySchema, data);
  if (!parsed.success)
    return fail(`${where}: what is to be repeated cannot be read (${issueInShort(parsed.issues[0])}).`, where);
  const checked = checkChanges(parsed.output.changes, where);
  // Every field was checked; the schema only cannot name the experiment's types.
  return checked.ok ? ok(parsed.output as Replay) : checked;
}

function checkChanges(
  changes: readonly { readonly change: Readonly<Record<string, unknown>> }[],
  where: string,
): Result<void> {
  for (const { change } of changes) {
    for (const [name, value] of Object.entries(change)) {
      if (!(fieldNames as readonly string[]).includes(name))
        return fail(`${where}: there is no field ${inShort(name)}.`, where);
      const checked = checkField(name as FieldName, value);
      if (!checked.ok) return fail(`${where}: ${checked.error.message}`, where);
    }
  }
  return ok(undefined);
}
