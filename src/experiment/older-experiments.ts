import { type DataName, dataNames, fieldsOfData } from './data-sets.ts';
import type { Experiment, FieldName } from './experiment.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fields that were added after experiments were first shared, each with the value that says what an experiment without
 * it meant. Links and files of any age are read through this table; a new field gets its line here.
 */
const addedFields: { readonly [Name in FieldName]?: (older: Fields) => Experiment[Name] | undefined } = {
  resolution: (older) => defaultsOf(older)?.resolution,
  validation: (older) => defaultsOf(older)?.validation,
};

/** The experiment's data with the fields added that it is too old to have. What is no data set's name is left to the schema. */
export function completed(older: Fields): Fields {
  const added = Object.entries(addedFields).flatMap(([name, meant]) => {
    const value = name in older ? undefined : meant(older);
    return value === undefined ? [] : [[name, value] as const];
  });
  return added.length === 0 ? older : { ...older, ...Object.fromEntries(added) };
}

const defaultsOf = ({ data }: Fields) =>
  dataNames.includes(data as DataName) ? fieldsOfData(data as DataName) : undefined;
