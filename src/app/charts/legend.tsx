import { useMemo } from 'react';
import type { History } from '../../runs/history.ts';
import { type Line, lastValue } from './rows.ts';

/** More entries are a list nobody reads: a few, spread evenly, then stand for the ramp. */
const mostEntries = 16;
const fewEntries = 6;

/** Each line's sign, name and last value: the chart's readout, and its text alternative. */
export function Legend({
  lines,
  history,
  version,
  format,
}: {
  readonly lines: readonly Line[];
  readonly history: History;
  readonly version: number | undefined;
  readonly format: (value: number | undefined) => string;
}) {
  const entries = useMemo(() => {
    void version;
    const thick = lines.filter((line) => !line.raw && !line.tableOnly && line.width > 1);
    // A module without this loss has no line; before the first measurement nobody knows.
    const measured = thick.filter((line) => lastValue(history, line) !== undefined);
    const all = measured.length > 0 ? measured : thick.slice(0, thick.length > 8 ? 0 : 8);
    const chosen = all.length <= mostEntries ? all : thinned(all);
    return chosen.map((line) => ({ line, value: format(lastValue(history, line)) }));
  }, [lines, history, version, format]);
  return (
    <ul className="legend">
      {entries.map(({ line, value }) => (
        <li key={line.id}>
          <svg aria-hidden="true" width="16" height="8" className="legend-line">
            <line
              x1="0"
              y1="4"
              x2="16"
              y2="4"
              stroke={line.colour}
              strokeWidth={line.width + 0.5}
              strokeDasharray={line.dash}
            />
            {line.dots && <circle cx="8" cy="4" r="3" fill={line.colour} />}
          </svg>
          {line.label} <strong>{value}</strong>
        </li>
      ))}
    </ul>
  );
}

const thinned = (lines: readonly Line[]): Line[] =>
  Array.from(
    { length: fewEntries },
    (_, index) => lines[Math.round((index * (lines.length - 1)) / (fewEntries - 1))] as Line,
  );
