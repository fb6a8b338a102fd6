import { allSeries } from '../../../runs/history.ts';
import type { PlotMark } from '../plot/plot-overlay.tsx';
import { type Line, longLabel, type ShownRun } from '../series/line.ts';

/** Rows of one piece of text. */
const pieceRows = 500;

/** All measurements of a chart's lines as CSV, in pieces: a row each, empty where a line has no value. */
export function* chartCsv(lines: readonly Line[]): Generator<string> {
  const labels = lines.map((line) => longLabel(line, lines));
  yield `${['run', 'phase', 'step', 'epoch', 'seconds', ...labels].map(quoted).join(',')}\n`;
  for (const run of runsOf(lines)) {
    for (const phase of allSeries) {
      const columns = run.history[phase];
      const own = (line: Line) => line.run.id === run.id && line.phase === phase;
      // Without a measurement of what the chart shows there is no row.
      if (!lines.some((line) => own(line) && columns.read(line.column) !== undefined)) continue;
      const places = (['step', 'epoch', 'seconds'] as const).map((key) => columns.read(key));
      const values = lines.map((line) => (own(line) ? columns.read(line.column) : undefined));
      let text = '';
      for (let row = 0; row < columns.length; row++) {
        const cells = values.map((column) => cell(column?.[row]));
        if (cells.some((entry) => entry !== ''))
          text += `${[quoted(run.name), phase, ...places.map((column) => cell(column?.[row])), ...cells].join(',')}\n`;
        if (row % pieceRows === pieceRows - 1) {
          yield text;
          text = '';
        }
      }
      yield text;
    }
  }
}

/** The same as JSON, line by line, with the changes of the runs; values that are no numbers are left out with their places. */
export function* chartJson(title: string, lines: readonly Line[], marks: readonly PlotMark[]): Generator<string> {
  yield `{"title":${JSON.stringify(title)},"changes":${JSON.stringify(marks.map(({ words }) => words))},"lines":[`;
  let before = '';
  for (const line of lines) {
    const { run, label, phase, column } = line;
    const columns = run.history[phase];
    const values = columns.read(column);
    if (values === undefined) continue;
    yield `${before}\n{"run":${JSON.stringify(run.name)},"label":${JSON.stringify(label)},"phase":"${phase}","column":${JSON.stringify(column)}`;
    for (const key of ['step', 'epoch', 'seconds'] as const) {
      const places = columns.read(key) as Float64Array;
      yield `,"${key}":[`;
      yield* joined(places, values);
      yield ']';
    }
    yield ',"value":[';
    yield* joined(values, values);
    yield ']}';
    before = ',';
  }
  yield '\n]}\n';
}

/** Numbers where `values` has one. */
function* joined(numbers: Float64Array, values: Float64Array): Generator<string> {
  let piece: number[] = [];
  let before = '';
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index] as number)) piece.push(numbers[index] as number);
    if (index % pieceRows < pieceRows - 1 || piece.length === 0) continue;
    yield before + piece.join();
    before = ',';
    piece = [];
  }
  if (piece.length > 0) yield before + piece.join();
}

function runsOf(lines: readonly Line[]): readonly ShownRun[] {
  const runs = new Map<string, ShownRun>();
  for (const { run } of lines) runs.set(run.id, run);
  return [...runs.values()];
}

const cell = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '' : String(value));

/** A cell of a CSV file, in quotes where it needs them. */
export const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A file name made of a title: `accuracy-by-module`. */
export const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'chart';
