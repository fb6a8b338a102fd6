import {
  allSeries,
  type ColumnKey,
  columnKey,
  commonColumns,
  gradientColumns,
  type History,
  moduleColumns,
  type Series,
} from './history.ts';

/** Rows of one piece of text. */
const pieceRows = 500;

/** The columns of a history that hold something, in the order of its CSV. */
export function csvColumns(history: History): readonly ColumnKey[] {
  const moduleKeys = history.blocks.flatMap((block) =>
    [...moduleColumns, ...gradientColumns].map((column) => columnKey(block, column)),
  );
  return [...commonColumns, ...moduleKeys].filter((key: ColumnKey) =>
    allSeries.some((series) => history[series].read(key) !== undefined),
  );
}

/** The CSV row of one measurement, with its line's end. */
export function csvRow(history: History, series: Series, row: number, columns: readonly ColumnKey[]): string {
  return `${[series, ...columns.map((key) => cell(history[series].read(key)?.[row]))].join(',')}\n`;
}

/**
 * All measurements of a run as CSV, in pieces: a row each, ordered by step, empty where nothing was measured. At one step the training row
 * stays before the validation and test rows, and those before gradients measured. Modules are named by their last blocks.
 */
export function* historyCsv(history: History): Generator<string> {
  const keys = csvColumns(history);
  yield `${['phase', ...keys].join(',')}\n`;
  const parts = allSeries.map((series) => ({ series, row: 0, steps: history[series].read('step') }));
  const stepOf = ({ steps, row }: (typeof parts)[number]) => steps?.[row] ?? Number.POSITIVE_INFINITY;
  let text = '';
  let rows = 0;
  for (;;) {
    const next = parts.reduce((one, other) => (stepOf(other) < stepOf(one) ? other : one));
    if (stepOf(next) === Number.POSITIVE_INFINITY) break;
    text += csvRow(history, next.series, next.row, keys);
    next.row++;
    if (++rows % pieceRows !== 0) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

const cell = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '' : String(value));
