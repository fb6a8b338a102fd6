import { type ColumnKey, columnKey, commonColumns, type History, moduleColumns, phases } from './history.ts';

/** All measurements of a run as CSV: a row each, ordered by step, empty where nothing was measured. */
export function historyCsv(history: History): string {
  const moduleKeys = history.blocks.flatMap((block) => moduleColumns.map((column) => columnKey(block, column)));
  const keys = [...commonColumns, ...moduleKeys].filter((key: ColumnKey) =>
    phases.some((phase) => history[phase].read(key) !== undefined),
  );
  const rows: { step: number; text: string }[] = [];
  for (const phase of phases) {
    const columns = keys.map((key) => history[phase].read(key));
    for (let row = 0; row < history[phase].length; row++) {
      const cells = columns.map((column) => cell(column?.[row]));
      rows.push({ step: Number(cells[0]), text: [phase, ...cells].join(',') });
    }
  }
  // Stable: the training row of a step stays before its validation and test rows.
  rows.sort((one, other) => one.step - other.step);
  return `${['phase', ...keys].join(',')}\n${rows.map((row) => `${row.text}\n`).join('')}`;
}

const cell = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '' : String(value));
