import { useMemo } from 'react';
import type { XAxis } from '../../store/chart-view.ts';
import { LineSign } from './plot/line-sign.tsx';
import { byRun, type Line, ofSeveralRuns, type ShownRun, shortLabel } from './series/line.ts';
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
  const entry = ({ line, statistics }: (typeof entries)[number]) => (
    <li key={line.id}>
      <LineSign line={line} />
      {shortLabel(line, lines)}{' '}
      {at === undefined ? (
        <>
          <strong>{valueIn(statistics?.last, format)}</strong>
          {statistics?.best !== undefined && <span className="soft"> best {format(statistics.best)}</span>}
        </>
      ) : (
        <strong>{valueIn(readings.get(line.id), format)}</strong>
      )}
    </li>
  );
  if (!ofSeveralRuns(lines)) return <ul className="legend">{entries.map(entry)}</ul>;
  return (
    <ul className="legend-runs">
      {byRun(entries).map(({ run, own }) => (
        <li key={run.id}>
          <RunName
            run={run}
            colour={own.some(({ line }) => line.colour === run.colours.strong) ? run.colours.strong : undefined}
          />
          <ul className="legend">{own.map(entry)}</ul>
        </li>
      ))}
    </ul>
  );
}

/** A run's name behind its dash, and its colour where its lines have that. */
function RunName({ run, colour = 'var(--ink-soft)' }: { readonly run: ShownRun; readonly colour: string | undefined }) {
  return (
    <span className="legend-run" title={run.name}>
      <svg aria-hidden="true" width="28" height="8" className="legend-line">
        <line x1="0" y1="4" x2="28" y2="4" stroke={colour} strokeWidth={2} strokeDasharray={run.dash} />
      </svg>
      {run.name}
    </span>
  );
}

const valueIn = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? '\u2013' : format(value);
