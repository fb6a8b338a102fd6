import type { Series } from '../../../runs/history.ts';
import type { XAxis } from '../../../store/chart-view.ts';
import type { Axis } from './axis.ts';
import { firstAtOrAbove } from './columns.ts';
import type { Line, ShownRun } from './line.ts';

/** A measurement of one run as a row of a chart's table; values in the order of the lines, undefined where a line has none. */
export interface TableRow {
  readonly x: number;
  readonly values: readonly (number | undefined)[];
}

/**
 * Measurements in sight as rows, newest first: of each run and phase at most `limit`, evenly spread, the newest among them. The table is
 * for reading, the files are for computing.
 */
export function tableRows(lines: readonly Line[], xAxis: XAxis, axis: Axis, limit: number): TableRow[] {
  const groups = new Map<string, { readonly run: ShownRun; readonly phase: Series }>();
  for (const { run, phase } of lines) groups.set(`${run.id} ${phase}`, { run, phase });
  const rows = [...groups.values()].flatMap(({ run, phase }) => {
    const columns = run.history[phase];
    const x = columns.read(xAxis);
    if (x === undefined) return [];
    const own = lines.map((line) =>
      line.run.id === run.id && line.phase === phase ? columns.read(line.column) : undefined,
    );
    const begin = firstAtOrAbove(x, axis.low);
    const end = Math.min(x.length, firstAtOrAbove(x, axis.high) + 1);
    const count = Math.max(0, end - begin);
    const shown = Math.min(count, limit);
    return Array.from({ length: shown }, (_, place) => place).flatMap((place) => {
      const index = begin + Math.round((place * (count - 1)) / Math.max(1, shown - 1));
      const values = own.map((column) => finite(column?.[index]));
      return values.every((value) => value === undefined) ? [] : [{ x: x[index] as number, values }];
    });
  });
  return rows.sort((one, other) => other.x - one.x);
}

const finite = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value);
