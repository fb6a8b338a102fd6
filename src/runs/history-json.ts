import * as v from 'valibot';
import { inShort, issueInShort } from '../base/in-short.ts';
import { fail, ok, type Result } from '../base/result.ts';
import {
  allSeries,
  type ColumnKey,
  type ColumnsData,
  columnKey,
  commonColumns,
  gradientColumns,
  type History,
  type HistoryData,
  isColumnKey,
  moduleColumns,
  ofSeries,
  type Series,
} from './history.ts';
import { parseRunRecord, type RunRecord } from './run-record.ts';

/** All measurements of a run as JSON: its record, and for every phase and the gradients the columns measured, null where nothing was. */
export function historyJson(record: RunRecord, history: History): string {
  const measured = allSeries.map((series) => {
    const columns = history[series];
    const keys: ColumnKey[] = [
      ...commonColumns,
      ...columns.blocks.flatMap((block) =>
        [...moduleColumns, ...gradientColumns].map((column) => columnKey(block, column)),
      ),
    ];
    const entries = keys.flatMap((key) => {
      const numbers = columns.read(key);
      // JSON has no NaN.
      return numbers === undefined ? [] : [[key, Array.from(numbers, (value) => (Number.isNaN(value) ? null : value))]];
    });
    return [series, Object.fromEntries(entries)];
  });
  return `${JSON.stringify({ format: 'hpff-metrics', version: 2, record, ...Object.fromEntries(measured) })}\n`;
}

const columnSchema = v.record(v.string(), v.array(v.nullable(v.number())));
const metricsSchema = v.object({
  format: v.literal('hpff-metrics'),
  // The first version held no gradients.
  version: v.picklist([1, 2]),
  record: v.unknown(),
  train: columnSchema,
  validation: columnSchema,
  test: columnSchema,
  gradients: v.optional(columnSchema, {}),
});

/** Reads it back from parsed JSON. Errors: something else, columns no history has, or columns of different lengths. */
export function parseHistoryJson(
  data: unknown,
  name: string,
): Result<{ readonly record: RunRecord; readonly history: HistoryData }> {
  const parsed = v.safeParse(metricsSchema, data);
  if (!parsed.success) {
    const why = issueInShort(parsed.issues[0]);
    return fail(`${name} holds no measurements that this version reads (${why}).`, name);
  }
  const record = parseRunRecord(parsed.output.record, name);
  if (!record.ok) return record;
  const read = new Map<Series, ColumnsData>();
  for (const series of allSeries) {
    const columns = Object.entries(parsed.output[series]);
    const rows = columns[0]?.[1].length ?? 0;
    const wrong = columns.find(([key, numbers]) => !isColumnKey(key) || numbers.length !== rows);
    if (wrong !== undefined)
      return fail(`${name}: ${inShort(wrong[0])} is no column of ${series}, or not as long as the others.`, name);
    read.set(series, {
      rows,
      columns: columns.map(([key, numbers]) => [
        key as ColumnKey,
        Float64Array.from(numbers, (number) => number ?? Number.NaN),
      ]),
    });
  }
  return ok({ record: record.value, history: ofSeries((series) => read.get(series) as ColumnsData) });
}
