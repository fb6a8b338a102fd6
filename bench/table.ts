import type { Bar } from './bars.ts';
import { columns, type Row } from './measurement.ts';

const titles = {
  case: 'case',
  engine: 'engine',
  host: 'host',
  milliseconds: 'milliseconds',
  imagesPerSecond: 'images/s',
  gflops: 'GFLOP/s',
  dispatches: 'dispatches',
  submits: 'submits',
  javascriptMilliseconds: 'JavaScript ms',
  plannedBytes: 'planned MB',
  allocatedBytes: 'allocated MB',
  note: 'note',
} as const satisfies Record<keyof Row, string>;

/** Rows as a table in Markdown; columns that say nothing in any row are left out. */
export function rowTable(rows: readonly Row[]): string {
  const shown = columns.filter((column) => rows.some((row) => row[column] !== null && row[column] !== ''));
  return markdown(
    shown.map((column) => titles[column]),
    rows.map((row) => shown.map((column) => cell(column, row[column]))),
  );
}

/** Bars as a table in Markdown. */
export const barTable = (bars: readonly Bar[]): string =>
  markdown(
    ['bar', 'wanted', 'measured', 'met'],
    bars.map(({ what, wanted, measured, met }) => [what, wanted, measured, met ? 'yes' : 'NO']),
  );

function cell(column: keyof Row, value: Row[keyof Row]): string {
  if (typeof value !== 'number') return value ?? '';
  if (column === 'plannedBytes' || column === 'allocatedBytes') return (value / 1e6).toFixed(1);
  if (column === 'dispatches' || column === 'submits') return String(value);
  if (column === 'milliseconds') return value >= 100 ? value.toFixed(0) : value.toFixed(1);
  return value.toFixed(2);
}

function markdown(head: readonly string[], body: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...body];
  return lines.map((cells) => `| ${cells.map((text) => text.replaceAll('|', '/')).join(' | ')} |`).join('\n');
}
