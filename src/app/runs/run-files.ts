import type { RunRecord } from '../../runs/run-record.ts';
import { columnsOf } from '../../store/compare/run-columns.ts';
import { quoted } from '../charts/save/chart-files.ts';

/** A run's name as a file's: letters, digits, dots and hyphens. */
export const fileNameOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'run';

/** The table of runs as CSV: a row each, numbers unrounded, in base units; with the files they came in, where some did. */
export function tableCsv(
  runs: readonly RunRecord[],
  names: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
): string {
  const columns = columnsOf(runs);
  const rows = runs.map((run) => [
    names.get(run.id) ?? run.id,
    run.summary.state,
    ...(files.size > 0 ? [files.get(run.id) ?? ''] : []),
    ...columns.map((column) => String(column.value(run) ?? '')),
  ]);
  return [['name', 'state', ...(files.size > 0 ? ['from'] : []), ...columns.map(({ name }) => name)], ...rows]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');
}
