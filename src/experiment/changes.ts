import type { Experiment, FieldName } from './experiment.ts';
import { type Effect, fieldNames, fields } from './fields.ts';

const order: readonly Effect[] = ['now', 'rebuilds', 'restarts'];

/** The strongest effect among the fields in which two experiments differ; undefined where they are equal. */
export function effectOf(before: Experiment, after: Experiment): Effect | undefined {
  const effects = changedFields(before, after).map((name) => fields[name].effect);
  return order.filter((effect) => effects.includes(effect)).at(-1);
}

/** Fields whose values differ. */
export const changedFields = (before: Experiment, after: Experiment): FieldName[] =>
  fieldNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
