import { type Line, longLabel, type Row, type XAxis } from './rows.ts';
import { formatX, xTitles } from './x-axis.ts';

/** Values of the lines at the place pointed at. Recharts hands in what is under the pointer. */
export function PlotTooltip({
  lines,
  xAxis,
  format,
  active,
  payload,
}: {
  readonly lines: readonly Line[];
  readonly xAxis: XAxis;
  readonly format: (value: number | undefined) => string;
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Row }[];
}) {
  const row = payload?.[0]?.payload;
  if (!active || row === undefined) return null;
  const shown = lines.filter((line) => !line.raw && row[line.id] !== undefined);
  return (
    <div className="tooltip plot-tooltip">
      <div className="tooltip-title">
        {xTitles[xAxis]} {formatX(xAxis, row.x)}
      </div>
      {shown.slice(0, 16).map((line) => (
        <div key={line.id}>
          <span className="chip" style={{ background: line.colour }} />
          {longLabel(line, lines)} <strong>{format(row[line.id])}</strong>
        </div>
      ))}
      {shown.length > 16 && <div className="soft">and {shown.length - 16} more: see the table</div>}
    </div>
  );
}
