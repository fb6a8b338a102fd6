import * as v from 'valibot';
import { issueInShort } from '../base/in-short.ts';
import { parseJson } from '../base/json.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { fieldNames } from '../experiment/fields.ts';
import type { Limits } from '../experiment/limits.ts';
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

/** It has some hundred characters. */
const bounds = { length: 100_000 };

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
  const data = parseJson(text, bounds);
  if (!data.ok) return refuse(`It ${data.error.message}.`);
  const parsed = v.safeParse(schema, data.value);
  if (parsed.success) {
    const { lesson, step, locks, memoryBudget } = parsed.output;
    return ok({ lesson, step, locks, memoryBudget });
  }
  return refuse(`${issueInShort(parsed.issues[0])}.`);
}

const refuse = (why: string) =>
  fail(`The teacher's part of the link cannot be read. ${why} Ask for the link again; nothing is locked.`, 'link');

/** Why a field cannot be changed here, or undefined where it can. */
export const lockedReason = (teaching: Teaching | undefined, name: FieldName): string | undefined =>
  teaching?.locks.includes(name) ? "Locked by the teacher's link." : undefined;

/** What a teacher's link allows of runs, its locked fields at the values that the experiment has. */
export const limitsOf = ({ locks, memoryBudget }: Teaching, experiment: Experiment): Limits => ({
  locked: Object.fromEntries(locks.map((name) => [name, experiment[name]])),
  memoryBudget,
});
