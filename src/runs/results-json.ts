import * as v from 'valibot';
import { issueInShort } from '../base/in-short.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { History, HistoryData } from './history.ts';
import { historyJson, parseHistoryJson } from './history-json.ts';
import type { RunRecord } from './run-record.ts';

/** Several runs with all their measurements as one JSON file, as a class hands them in. */
export function resultsJson(runs: readonly { readonly record: RunRecord; readonly history: History }[]): string {
  const each = runs.map(({ record, history }) => historyJson(record, history).trimEnd());
  return `{"format":"hpff-results","version":1,"runs":[\n${each.join(',\n')}\n]}\n`;
}

const resultsSchema = v.object({
  format: v.literal('hpff-results'),
  version: v.literal(1),
  runs: v.pipe(v.array(v.unknown()), v.maxLength(1000)),
});

/** Reads them back from parsed JSON. Errors: something else, or a run among them that cannot be read. */
export function parseResultsJson(
  data: unknown,
  name: string,
): Result<readonly { readonly record: RunRecord; readonly history: HistoryData }[]> {
  const parsed = v.safeParse(resultsSchema, data);
  if (!parsed.success) {
    return fail(`${name} holds no results that this version reads (${issueInShort(parsed.issues[0])}).`, name);
  }
  const runs: { readonly record: RunRecord; readonly history: HistoryData }[] = [];
  for (const [index, run] of parsed.output.runs.entries()) {
    const read = parseHistoryJson(run, `${name}, run ${index + 1}`);
    if (!read.ok) return read;
    runs.push(read.value);
  }
  return ok(runs);
}
