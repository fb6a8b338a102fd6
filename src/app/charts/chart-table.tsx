import type { XAxis } from '../../store/chart-view.ts';
import { formatX, xTitles } from './format-x.ts';
import type { PlotMark } from './plot/plot-overlay.tsx';
import { type Line, longLabel } from './series/line.ts';
import { type Better, statisticsOf } from './series/statistics.ts';
import type { TableRow } from './series/table-rows.ts';

/** A chart's data as a table: last and best of every line, measurements newest first, and the changes made to the run. */
export function ChartTable({
  title,
  lines,
  rows,
  marks,
  xAxis,
  better,
  format,
}: {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly rows: readonly TableRow[];
  readonly marks: readonly PlotMark[];
  readonly xAxis: XAxis;
  readonly better: Better;
  readonly format: (value: number) => string;
}) {
  const statistics = lines.map((line) => statisticsOf(line, better));
  const measured = statistics.some((entry) => entry !== undefined);
  const cell = (value: number | undefined) => (value === undefined ? '' : format(value));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll plot" aria-label={`${title}, table`} tabIndex={0}>
      <table className="data-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{xTitles[xAxis]}</th>
            {lines.map((line) => (
              <th key={line.id} scope="col">
                <span className="chip" style={{ background: line.colour }} />
                {longLabel(line, lines)}
              </th>
            ))}
          </tr>
        </thead>
        {measured && (
          <tbody className="table-ends">
            <tr>
              <th scope="row">last</th>
              {lines.map((line, index) => (
                <td key={line.id}>{cell(statistics[index]?.last)}</td>
              ))}
            </tr>
            {better !== undefined && (
              <tr>
                <th scope="row">best</th>
                {lines.map((line, index) => (
                  <td key={line.id}>{cell(statistics[index]?.best)}</td>
                ))}
              </tr>
            )}
          </tbody>
        )}
        <tbody>
          {rowsWithMarks(rows, marks).map((entry, index) =>
            'words' in entry ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: two rows can share a place, and rows have no state
              <tr key={index}>
                <th scope="row">{formatX(xAxis, entry.x)}</th>
                <td className="text" colSpan={lines.length}>
                  {entry.words}
                </td>
              </tr>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <tr key={index}>
                <th scope="row">{formatX(xAxis, entry.x)}</th>
                {lines.map((line, column) => (
                  <td key={line.id}>{cell(entry.values[column])}</td>
                ))}
              </tr>
            ),
          )}
          {rows.length === 0 && (
            <tr>
              <td className="text" colSpan={lines.length + 1}>
                No measurements yet
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

/** Measurements and changes of the run in one order, newest first. */
function rowsWithMarks(rows: readonly TableRow[], marks: readonly PlotMark[]): readonly (TableRow | PlotMark)[] {
  return [...rows, ...marks].sort((one, other) => other.x - one.x);
}
