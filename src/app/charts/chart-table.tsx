import { type Line, longLabel, type Row, type XAxis } from './rows.ts';
import { formatX, xTitles } from './x-axis.ts';

/** A chart's data as a table: test measurements, and training batches as far as they fit. */
export function ChartTable({
  title,
  lines,
  rows,
  xAxis,
  format,
}: {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  readonly xAxis: XAxis;
  readonly format: (value: number | undefined) => string;
}) {
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
        <tbody>
          {rows.toReversed().map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows can share a place, and rows have no state
            <tr key={index}>
              <th scope="row">{formatX(xAxis, row.x)}</th>
              {lines.map((line) => (
                <td key={line.id}>{row[line.id] === undefined ? '' : format(row[line.id])}</td>
              ))}
            </tr>
          ))}
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
