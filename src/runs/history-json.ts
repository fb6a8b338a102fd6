import { type ColumnKey, columnKey, commonColumns, type History, moduleColumns, phases } from './history.ts';
import type { RunRecord } from './run-record.ts';

/** All measurements of a run as JSON: its record, and for every phase the columns measured, null where nothing was. */
export function historyJson(record: RunRecord, history: History): string {
  const measured = phases.map((phase) => {
    const columns = history[phase];
    const keys: ColumnKey[] = [
      ...commonColumns,
      ...columns.blocks.flatMap((block) => moduleColumns.map((column) => columnKey(block, column))),
    ];
    const entries = keys.flatMap((key) => {
      const numbers = columns.read(key);
      // JSON has no NaN.
      return numbers === undefined ? [] : [[key, Array.from(numbers, (value) => (Number.isNaN(value) ? null : value))]];
    });
    return [phase, Object.fromEntries(entries)];
  });
  return `${JSON.stringify({ format: 'hpff-metrics', version: 1, record, ...Object.fromEntries(measured) })}\n`;
}
