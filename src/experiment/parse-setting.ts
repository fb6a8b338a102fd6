import { fail, ok, type Result } from '../base/result.ts';
import { type DataName, fieldsOfData } from './data-sets.ts';
import type { Experiment, FieldName } from './experiment.ts';
import { fieldNames } from './fields.ts';
import { checkField, parseExperiment } from './schema.ts';

/**
 * Applies settings of the form `KEY=VALUE`, as `--set` takes them. A value is JSON where it parses as JSON, else a word:
 * `batch=128`, `cuts=k8`, `cuts=[[1,0],[3,0]]`, `hilo=true`. All are applied together, then checked. Another data set brings its own
 * resolution and validation part, unless those are set too.
 */
export function applySettings(experiment: Experiment, settings: readonly string[]): Result<Experiment> {
  const changes: Record<string, unknown> = {};
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals <= 0) return fail(`--set takes KEY=VALUE, such as batch=128; "${setting}" has no "=".`, setting);
    const key = setting.slice(0, equals);
    if (!fieldNames.includes(key as FieldName)) {
      return fail(`--set ${key}: there is no such field. The fields are ${fieldNames.join(', ')}.`, key);
    }
    const value = parseValue(setting.slice(equals + 1));
    const checked = checkField(key as FieldName, value);
    if (!checked.ok) return checked;
    changes[key] = value;
  }
  if (settings.length === 0) return ok(experiment);
  const ofData = changes.data === undefined ? {} : fieldsOfData(changes.data as DataName);
  return parseExperiment({ ...experiment, ...ofData, ...changes });
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
