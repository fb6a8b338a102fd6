import * as v from 'valibot';
import { fail, ok, type Result } from '../base/result.ts';
import { changedFields } from '../experiment/changes.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { fieldNames, fields } from '../experiment/fields.ts';
import { type LessonName, lessonNames } from './lessons/lesson-names.ts';
import { experimentHash, partsOfHash } from './share-link.ts';

/** What a teacher's link sets beside the experiment. */
export interface Teaching {
  /** The lesson the page opens; undefined for none. */
  readonly lesson: LessonName | undefined;
  /** Its step, from 0. */
  readonly step: number;
  /** Fields that cannot be changed. */
  readonly locks: readonly FieldName[];
  /** Planned bytes that no run may pass; undefined for no limit. */
  readonly memoryBudget: number | undefined;
}

/** Version of this part of a link. */
const version = 1;

const schema = v.strictObject({
  version: v.literal(version),
  lesson: v.optional(v.picklist(lessonNames)),
  step: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)), 0),
  locks: v.optional(v.array(v.picklist(fieldNames)), []),
  memoryBudget: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1))),
});

/** The part of an address behind "#" for a class: the experiment, and what is set beside it. */
export function teachingHash(experiment: Experiment, teaching: Teaching): string {
  const set = { version, ...teaching };
  return `${experimentHash(experiment)}&class=${encodeURIComponent(JSON.stringify(set))}`;
}

/** What an address's hash sets for a class; undefined where it is no teacher's link, a failure where it cannot be read. */
export function teachingOfHash(hash: string): Result<Teaching> | undefined {
  const text = partsOfHash(hash).get('class');
  if (text === undefined) return undefined;
  const parsed = v.safeParse(schema, jsonOf(text));
  if (parsed.success) {
    const { lesson, step, locks, memoryBudget } = parsed.output;
    return ok({ lesson, step, locks, memoryBudget });
  }
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'class';
  return fail(
    `The teacher's part of the link cannot be read: ${where}: ${issue.message}. Ask for the link again; nothing is locked.`,
    'link',
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a field cannot be changed here, or undefined where it can. */
export const lockedReason = (teaching: Teaching | undefined, name: FieldName): string | undefined =>
  teaching?.locks.includes(name) ? "Locked by the teacher's link." : undefined;

/** Why one experiment may not become another, with the field; undefined where it may. */
export function problemOfLocks(
  teaching: Teaching | undefined,
  before: Experiment,
  after: Experiment,
): { readonly field: FieldName; readonly message: string } | undefined {
  if (teaching === undefined || teaching.locks.length === 0) return undefined;
  const field = changedFields(before, after).find((name) => teaching.locks.includes(name));
  return field && { field, message: `${fields[field].title} is locked by the teacher's link.` };
}

/** Why an experiment of so many planned bytes may not run; undefined where it may. */
export function problemOfBudget(teaching: Teaching | undefined, plannedBytes: number | undefined): string | undefined {
  const budget = teaching?.memoryBudget;
  if (budget === undefined || plannedBytes === undefined || plannedBytes <= budget) return undefined;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return `This needs ${megabytes(plannedBytes)}, more than the ${megabytes(budget)} that the teacher's link allows. Cut the network into more modules, or choose a smaller batch or network.`;
}
