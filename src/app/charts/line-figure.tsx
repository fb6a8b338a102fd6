import { type ReactNode, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { ChartTable } from './chart-table.tsx';
import { Figure } from './figure.tsx';
import { formatX, xTitles } from './format-x.ts';
import { Legend } from './legend.tsx';
import { axesOf, drawingOf, linePicture } from './line-drawing.ts';
import { LogButton } from './log-button.tsx';
import { Plot } from './plot/plot.tsx';
import { PlotOverlay } from './plot/plot-overlay.tsx';
import { Readout } from './plot/readout.tsx';
import { chartCsv, chartJson } from './save/chart-files.ts';
import { SaveButtons } from './save/save-buttons.tsx';
import type { Axis } from './series/axis.ts';
import type { Measure } from './series/drawing.ts';
import { type Line, longLabel } from './series/line.ts';
import { neighbour, readingsAt, snapped } from './series/readings.ts';
import type { Better } from './series/statistics.ts';
import { summaryOf } from './series/summary.ts';
import { tableRows } from './series/table-rows.ts';
import { chartViewActions, useChartView } from './use-chart-view.ts';
import { useDrawnVersion } from './use-drawn-version.ts';
import { marksOf, useMarks } from './use-marks.ts';
import { useShownRuns } from './use-shown-runs.ts';

/** Cells of a table view at most: more would hold up the page, and nobody reads them. */
const tableCells = 900;
const mostTableRows = 60;

/** Lines over the run: chart, readout, zoom, logarithmic on request, files, and the same as a table. */
export function LineFigure({
  title,
  quantity,
  lines: wantedLines,
  format,
  measure = 'amount',
  better,
  tools,
  children,
}: {
  readonly title: string;
  /** What the vertical axis shows, with its unit. */
  readonly quantity: string;
  /** In the order they are drawn; later ones lie on top. */
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  readonly measure?: Measure;
  readonly better?: Better;
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}) {
  const figure = useRef<HTMLElement>(null);
  const version = useDrawnVersion(figure);
  // A re-cut changes the lines of several figures at once: each is drawn when there is time.
  const lines = useDeferredValue(wantedLines);
  const runs = useShownRuns();
  const marks = useMarks(version);
  const [table, setTable] = useState(false);
  const [log, setLog] = useState(false);
  const xAxis = useChartView((view) => view.xAxis);
  const logX = useChartView((view) => view.logX);
  const zoom = useChartView((view) => view.zoom);
  const smoothing = useDeferredValue(useChartView((view) => (view.smooth ? view.smoothing : 0)));
  const shown = useMemo(() => {
    // Histories grow in place; the version says that they did.
    void version;
    return axesOf(runs, xAxis, logX, zoom);
  }, [version, runs, xAxis, logX, zoom]);
  const summary = useMemo(() => {
    void version;
    const { low, high } = shown.whole;
    const covered = `${xTitles[xAxis]} ${formatX(xAxis, low)} to ${formatX(xAxis, high)}`;
    const thick = lines.filter((line) => !line.tableOnly && line.width > 1);
    return summaryOf(title, thick, better, format, covered);
  }, [title, lines, better, format, version, shown.whole, xAxis]);
  const summaryId = useId();
  const cursor = useChartView((view) => view.cursor);
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={setTable}
      tools={
        <>
          {tools}
          {measure !== 'cosine' && <LogButton axis="vertical axis" log={log} onLog={setLog} />}
          <SaveButtons
            figure={figure}
            chart={{
              title,
              // As of now: what is out of sight was not drawn for long, or never.
              picture: () => {
                const { horizontal } = axesOf(runs, xAxis, logX, zoom);
                const view = { xAxis, horizontal, smoothing, measure, log, quantity };
                return linePicture(title, wantedLines, view, format, marksOf(runs, xAxis));
              },
              csv: () => chartCsv(wantedLines),
              json: () => chartJson(title, wantedLines, marksOf(runs, xAxis)),
            }}
          />
        </>
      }
    >
      <p id={summaryId} className="visually-hidden">
        {summary}
      </p>
      {table ? (
        <TableOfLines {...{ title, lines, marks, better, format, version }} horizontal={shown.horizontal} />
      ) : (
        <div className="plot">
          {version !== undefined && (
            <PlotOfLines
              {...{ title, quantity, lines, marks, format, measure, log, version, smoothing, summaryId }}
              {...shown}
            />
          )}
        </div>
      )}
      <Legend
        lines={lines}
        version={version}
        better={better}
        format={format}
        at={cursor === undefined || table ? undefined : { xAxis, x: cursor, smoothing }}
      />
      {children}
    </Figure>
  );
}

type Shown = {
  readonly whole: Axis;
  readonly horizontal: Axis;
};

interface Content {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly marks: ReturnType<typeof useMarks>;
  readonly format: (value: number) => string;
  readonly version: number | undefined;
}

function PlotOfLines({
  title,
  quantity,
  lines,
  marks,
  format,
  measure,
  log,
  version,
  smoothing,
  summaryId,
  whole,
  horizontal,
}: Content &
  Shown & {
    readonly quantity: string;
    readonly measure: Measure;
    readonly log: boolean;
    readonly smoothing: number;
    readonly summaryId: string;
  }) {
  const xAxis = useChartView((view) => view.xAxis);
  const cursor = useChartView((view) => view.cursor);
  const drawing = useMemo(() => {
    void version;
    return drawingOf(lines, { xAxis, horizontal, smoothing, measure, log, quantity });
  }, [lines, version, xAxis, horizontal, smoothing, measure, log, quantity]);
  const visible = lines.filter((line) => !line.tableOnly);
  const readings = cursor === undefined ? [] : readingsAt(visible, xAxis, cursor, smoothing);
  const place = cursor === undefined ? '' : `${xTitles[xAxis]} ${formatX(xAxis, cursor)}`;
  const words = `${place}: ${readings.map(({ line, value }) => `${longLabel(line, lines)} ${format(value)}`).join(', ')}`;
  return (
    <>
      {drawing.shapes.length === 0 && <p className="plot-empty">No measurements yet</p>}
      <div className="plot-drawing" aria-hidden="true">
        <Plot {...drawing} />
      </div>
      <PlotOverlay
        title={title}
        describedBy={summaryId}
        axis={horizontal}
        whole={whole}
        cursor={cursor}
        marks={marks}
        words={cursor === undefined ? 'Arrow keys move the cursor' : words}
        onPoint={(x) => chartViewActions.pointAt(x === undefined ? undefined : snapped(lines, xAxis, x))}
        onStep={(x, side) => neighbour(lines, xAxis, x, side)}
        onZoom={chartViewActions.zoomTo}
        readout={(near) => <Readout {...{ place, readings, lines, format }} marks={near} />}
      />
    </>
  );
}

function TableOfLines({
  title,
  lines,
  marks,
  better,
  format,
  version,
  horizontal,
}: Content & { readonly better: Better; readonly horizontal: Shown['horizontal'] }) {
  const xAxis = useChartView((view) => view.xAxis);
  const rows = useMemo(() => {
    void version;
    return tableRows(
      lines,
      xAxis,
      horizontal,
      Math.min(mostTableRows, Math.ceil(tableCells / Math.max(1, lines.length))),
    );
  }, [lines, xAxis, horizontal, version]);
  return <ChartTable {...{ title, lines, rows, marks, xAxis, better, format }} />;
}
