import type { ColumnKey, Columns, History, Phase } from '../../runs/history.ts';
import { bucketsOf, extremes } from './downsample.ts';
import { smooth } from './smooth.ts';

export type XAxis = 'step' | 'epoch' | 'seconds';

/** One line of a chart: which column it shows, and how it looks. */
export interface Line {
  /** Unique in its chart. */
  readonly id: string;
  readonly label: string;
  readonly phase: Phase;
  readonly column: ColumnKey;
  readonly colour: string;
  readonly width: number;
  readonly dash?: string;
  /** Points are marked: few, and each counts. */
  readonly dots?: boolean;
  /** One of too many to draw: shown in the table only. */
  readonly tableOnly?: boolean;
  /** Stays as measured where smoothing is on, and pale behind the smoothed line. */
  readonly raw?: boolean;
}

/** A place on the x axis with the values of the lines that have one there. */
export type Row = { readonly x: number } & { readonly [line: string]: number };

export interface RowOptions {
  readonly xAxis: XAxis;
  /** Weight of the past in the moving average of training lines; 0 is off. */
  readonly smoothing: number;
  /** Points of a line at most; lowest and highest of each bucket stay. */
  readonly limit: number;
}

/** Points that all lines of a chart may have together, so that drawing fits into a frame or two. */
const budget = 5000;
/** More points than this no screen can show. */
const mostPoints = 500;

/** Points each of so many lines may have. */
export const pointsPerLine = (lines: number): number =>
  Math.max(60, Math.min(mostPoints, Math.floor(budget / Math.max(1, lines))));

/** The lines' columns as rows for the chart, bucketed alike so that lines share their rows, ordered along x. */
export function buildRows(history: History, lines: readonly Line[], options: RowOptions): Row[] {
  const rows = (['train', 'test'] as const).flatMap((phase) =>
    rowsOfPhase(
      history[phase],
      lines.filter((line) => line.phase === phase),
      { ...options, smoothing: phase === 'train' ? options.smoothing : 0 },
    ),
  );
  return rows.sort((one, other) => one.x - other.x);
}

function rowsOfPhase(columns: Columns, lines: readonly Line[], { xAxis, smoothing, limit }: RowOptions): Row[] {
  const x = columns.read(xAxis);
  if (x === undefined || lines.length === 0) return [];
  const values = lines.map((line) => {
    const column = columns.read(line.column);
    return column === undefined || smoothing === 0 || line.raw ? column : smooth(column, smoothing);
  });
  // Two rows for a bucket: its lowest and its highest value, in the order they came.
  const buckets = bucketsOf(columns.length, columns.length <= limit ? limit : limit / 2);
  const rows: Row[] = [];
  for (const bucket of buckets) {
    const early: Record<string, number> = { x: x[bucket.first] as number };
    const late: Record<string, number> = { x: x[bucket.last] as number };
    lines.forEach((line, index) => {
      const column = values[index];
      const pair = column && extremes(column, bucket);
      if (pair === undefined) return;
      early[line.id] = pair[0];
      late[line.id] = pair[1];
    });
    rows.push(early as Row);
    if (bucket.last > bucket.first) rows.push(late as Row);
  }
  return rows;
}

/** A line's name where several lines stand together: with its phase where another has the same label. */
export function longLabel(line: Line, lines: readonly Line[]): string {
  const alone = lines.filter((other) => other.label === line.label && !other.raw).length < 2;
  return alone ? line.label : `${line.label}, ${line.phase === 'test' ? 'test' : 'training'}`;
}

/** Last value of a line; undefined before the first measurement. */
export const lastValue = (history: History, line: Line): number | undefined => history[line.phase].last(line.column);
