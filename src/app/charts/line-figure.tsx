import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { usePlayground } from '../playground-context.ts';
import { ChartTable } from './chart-table.tsx';
import { Figure } from './figure.tsx';
import { Legend } from './legend.tsx';
import { LinePlot } from './line-plot.tsx';
import { buildRows, type Line, pointsPerLine, type XAxis } from './rows.ts';
import { useDrawnVersion } from './use-drawn-version.ts';

/** How all charts are drawn. */
export interface ChartOptions {
  readonly xAxis: XAxis;
  readonly smoothing: number;
}

/** Rows of a table view at most: it is for reading, the CSV for computing. */
const tableRows = 60;
const tableCells = 1500;

/** Lines over the run: chart, readout of the last values, logarithmic on request, and the same as a table. */
export function LineFigure({
  title,
  lines: wantedLines,
  options,
  format,
  percent = false,
  tools,
  children,
}: {
  readonly title: string;
  /** In the order they are drawn; later ones lie on top. */
  readonly lines: readonly Line[];
  readonly options: ChartOptions;
  readonly format: (value: number | undefined) => string;
  /** Shares of 1 on an axis from 0 to 100 %. */
  readonly percent?: boolean;
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}) {
  const figure = useRef<HTMLElement>(null);
  const history = usePlayground((state) => state.history);
  const version = useDrawnVersion(figure);
  // A re-cut changes the lines of several figures at once: each is drawn when there is time.
  const lines = useDeferredValue(wantedLines);
  const [table, setTable] = useState(false);
  const [log, setLog] = useState(false);
  const { xAxis, smoothing } = options;
  const rows = useMemo(() => {
    // The history grows in place; its version says that it did.
    void version;
    const drawn = lines.filter((line) => !line.tableOnly);
    const shown = table ? lines : withGhosts(drawn, smoothing);
    const limit = table ? Math.min(tableRows, Math.ceil(tableCells / lines.length)) : pointsPerLine(shown.length);
    return { shown, rows: buildRows(history, shown, { xAxis, smoothing: table ? 0 : smoothing, limit }) };
  }, [history, version, lines, xAxis, smoothing, table]);
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={setTable}
      tools={
        <>
          {tools}
          {!percent && (
            <button
              type="button"
              className="button button-small"
              aria-pressed={log}
              onClick={() => setLog(!log)}
              title="Logarithmic y axis"
            >
              log
            </button>
          )}
        </>
      }
    >
      {table ? (
        <ChartTable title={title} lines={rows.shown} rows={rows.rows} xAxis={xAxis} format={format} />
      ) : version === undefined ? (
        <div className="plot" />
      ) : (
        <LinePlot lines={rows.shown} rows={rows.rows} xAxis={xAxis} format={format} percent={percent} log={log} />
      )}
      <Legend lines={lines} history={history} version={version} format={format} />
      {children}
    </Figure>
  );
}

/** Few training lines keep their raw values pale behind the smoothed ones; many would be a fog. */
function withGhosts(lines: readonly Line[], smoothing: number): Line[] {
  const training = lines.filter((line) => line.phase === 'train');
  if (smoothing === 0 || training.length === 0 || training.length > 8) return [...lines];
  const ghosts = training.map((line) => ({ ...line, id: `${line.id} raw`, width: 1, raw: true }));
  return [...ghosts, ...lines];
}
