import { parseJson } from '../base/json.ts';
import { ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';
import { experimentNow, parseRunRecord, type RunRecord } from './run-record.ts';

/** A record is a few kB, with a hundred thousand changes some MB. */
export const largestRecord = 64 * 1024 * 1024;

/**
 * Reads JSON as the record of a run.
 *
 * @param name the file it came in
 * @returns the record or why it cannot be read; undefined where the text is none, but perhaps an experiment
 */
export function parseRecordText(text: string, name: string): Result<RunRecord> | undefined {
  const data = parseJson(text, { length: largestRecord });
  if (!data.ok) return undefined;
  const { value } = data;
  const isRecord = typeof value === 'object' && value !== null && 'format' in value && value.format === 'hpff-run';
  return isRecord ? parseRunRecord(value, name) : undefined;
}

/** The experiment of a file: its own, or that of a run's record, as it was at the end. */
export function experimentOfText(text: string, name: string): Result<Experiment> {
  const record = parseRecordText(text, name);
  if (record === undefined) return parseExperimentText(text, name);
  return record.ok ? ok(experimentNow(record.value)) : record;
}
