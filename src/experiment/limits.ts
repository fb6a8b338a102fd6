import * as v from 'valibot';
import { inShort } from '../base/in-short.ts';
import { ok, type Problem, type Result } from '../base/result.ts';
import type { Experiment, FieldName } from './experiment.ts';
import { fieldNames, fields } from './fields.ts';
import { checkField } from './schema.ts';

/** What a teacher's link allows of runs; no part of an experiment. */
export interface Limits {
  /** Fields that stay what they are, with their values. */
  readonly locked: Readonly<Partial<Experiment>>;
  /** Bytes that a run's plan may come to; undefined: as many as there are. */
  readonly memoryBudget: number | undefined;
}

export const noLimits: Limits = { locked: {}, memoryBudget: undefined };

const schema = v.object({
  locked: v.record(v.picklist(fieldNames), v.unknown()),
  memoryBudget: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1))),
});

/** Limits from across a border; undefined where they are none. */
export function parseLimits(data: unknown): Limits | undefined {
  const parsed = v.safeParse(schema, data);
  if (!parsed.success) return undefined;
  const { locked, memoryBudget } = parsed.output;
  const possible = fieldNames.every((name) => !(name in locked) || checkField(name, locked[name]).ok);
  return possible ? { locked: locked as Partial<Experiment>, memoryBudget } : undefined;
}

/** Why an experiment may not run here, naming the first locked field in which it differs; undefined where it may. */
export function problemOfLocks(
  { locked }: Limits,
  experiment: Readonly<Partial<Record<FieldName, unknown>>>,
): Problem | undefined {
  const field = fieldNames.find(
    (name) => name in locked && JSON.stringify(locked[name]) !== JSON.stringify(experiment[name]),
  );
  if (field === undefined) return undefined;
  const message = `${fields[field].title} is locked by the teacher's link: it stays ${inShort(locked[field])}.`;
  return { message, where: field };
}

/** The same as a result. */
export function checkLocks(limits: Limits, experiment: Experiment): Result<void> {
  const error = problemOfLocks(limits, experiment);
  return error === undefined ? ok(undefined) : { ok: false, error };
}

/** What a step's plan may come to, and who said so. */
export interface MemoryBudget {
  readonly bytes: number;
  readonly setBy: 'user' | 'teacher';
}

/**
 * The budget that counts: the smaller of the user's and the teacher's; undefined where neither is set.
 *
 * @param settings the user's, in MB (1e6 bytes)
 */
export function budgetOf(
  { memoryBudget }: { readonly memoryBudget?: number | undefined },
  limits: Limits,
): MemoryBudget | undefined {
  const own: MemoryBudget | undefined =
    memoryBudget === undefined ? undefined : { bytes: memoryBudget * 1e6, setBy: 'user' };
  if (limits.memoryBudget === undefined) return own;
  if (own !== undefined && own.bytes < limits.memoryBudget) return own;
  return { bytes: limits.memoryBudget, setBy: 'teacher' };
}
