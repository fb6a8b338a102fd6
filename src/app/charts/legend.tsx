import { useMemo } from 'react';
import type { XAxis } from '../../store/chart-view.ts';
import { LineSign } from './plot/line-sign.tsx';
import { type Line, longLabel } from './series/line.ts';
import { readingsAt } from './series/readings.ts';
import { type Better, statisticsOf } from './series/statistics.ts';
import { spread } from './series/summary.ts';

/** More entries are a list nobody reads: a few, spread evenly, then stand for the ramp. */
const mostEntries = 16;
const fewEntries = 6;

/** Each line's sign and name with its last value and its best one, or its value at the cursor. */
export function Legend({
  lines,
  version,
  better,
  format,
  at,
}: {
  readonly lines: readonly Line[];
  readonly version: number | undefined;
  readonly better: Better;
  readonly format: (value: number) => string;
  readonly at: { readonly xAxis: XAxis; readonly x: number; readonly smoothing: number } | undefined;
}) {
  const entries = useMemo(() => {
    void version;
    const thick = lines.filter((line) => !line.ghost && !line.tableOnly && line.width > 1);
    const all = thick.map((line) => ({ line, statistics: statisticsOf(line, better) }));
    // A module without this loss has no line; before the first measurement nobody knows.
    const measured = all.filter(({ statistics }) => statistics !== undefined);
    const chosen = measured.length > 0 ? measured : all.slice(0, all.length > 8 ? 0 : 8);
    return spread(chosen, chosen.length <= mostEntries ? mostEntries : fewEntries);
  }, [lines, version, better]);
  const readings = new Map(
    at === undefined
      ? []
      : readingsAt(
          entries.map(({ line }) => line),
          at.xAxis,
          at.x,
          at.smoothing,
        ).map(({ line, value }) => [line.id, value]),
  );
  return (
    <ul className="legend">
      {entries.map(({ line, statistics }) => (
        <li key={line.id}>
          <LineSign line={line} />
          {longLabel(line, lines)}{' '}
          {at === undefined ? (
            <>
              <strong>{valueIn(statistics?.last, format)}</strong>
              {statistics?.best !== undefined && <span className="soft"> best {format(statistics.best)}</span>}
            </>
          ) : (
            <strong>{valueIn(readings.get(line.id), format)}</strong>
          )}
        </li>
      ))}
    </ul>
  );
}

const valueIn = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? '\u2013' : format(value);
