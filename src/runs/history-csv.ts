import {
  allSeries,
  type ColumnKey,
  columnKey,
  commonColumns,
  gradientColumns,
  type History,
  moduleColumns,
} from './history.ts';

/** Rows of one piece of text. */
const pieceRows = 500;

/**
 * All measurements of a run as CSV, in pieces: a row each, ordered by step, empty where nothing was measured. At one step the training row
 * stays before the validation and test rows, and those before gradients measured.
 */
export function* historyCsv(history: History): Generator<string> {
  const moduleKeys = history.blocks.flatMap((block) =>
    [...moduleColumns, ...gradientColumns].map((column) => columnKey(block, column)),
  );
  const keys = [...commonColumns, ...moduleKeys].filter((key: ColumnKey) =>
    allSeries.some((series) => history[series].read(key) !== undefined),
  );
  yield `${['phase', ...keys].join(',')}\n`;
  const parts = allSeries.map((series) => ({
    phase: series,
    row: 0,
    columns: keys.map((key) => history[series].read(key)),
  }));
  const stepOf = ({ columns, row }: (typeof parts)[number]) => columns[0]?.[row] ?? Number.POSITIVE_INFINITY;
  let text = '';
  let rows = 0;
  for (;;) {
    const next = parts.reduce((one, other) => (stepOf(other) < stepOf(one) ? other : one));
    if (stepOf(next) === Number.POSITIVE_INFINITY) break;
    text += `${[next.phase, ...next.columns.map((column) => cell(column?.[next.row]))].join(',')}\n`;
    next.row++;
    if (++rows % pieceRows !== 0) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

const cell = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '' : String(value));
