import { type ReactNode, useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { formatNumber, formatRoundPercent } from '../look/format.ts';
import { ChartTable } from './chart-table.tsx';
import { Figure } from './figure.tsx';
import { formatX, xTitles } from './format-x.ts';
import { Legend } from './legend.tsx';
import { LinePlot, type PlottedLine } from './plot/line-plot.tsx';
import { PlotOverlay } from './plot/plot-overlay.tsx';
import { Readout } from './plot/readout.tsx';
import { chartCsv, chartJson } from './save/chart-files.ts';
import { lineEntries } from './save/picture.ts';
import { SaveButtons } from './save/save-buttons.tsx';
import { type DrawnLine, drawLines, type Measure, verticalAxis, wholeAxis } from './series/drawing.ts';
import { type Line, longLabel, withGhosts } from './series/line.ts';
import { neighbour, readingsAt, snapped } from './series/readings.ts';
import type { Better } from './series/statistics.ts';
import { summaryOf } from './series/summary.ts';
import { tableRows } from './series/table-rows.ts';
import { chartViewActions, useChartView } from './use-chart-view.ts';
import { useDrawnVersion } from './use-drawn-version.ts';
import { useMarks } from './use-marks.ts';
import { useShownRuns } from './use-shown-runs.ts';

/** Cells of a table view at most: more would hold up the page, and nobody reads them. */
const tableCells = 900;
const mostTableRows = 60;

/** Lines over the run: chart, readout, zoom, logarithmic on request, files, and the same as a table. */
export function LineFigure({
  title,
  lines: wantedLines,
  format,
  measure = 'amount',
  better,
  tools,
  children,
}: {
  readonly title: string;
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
    const whole = wholeAxis(runs, xAxis, logX);
    const horizontal = zoom === undefined ? whole : { ...whole, ...zoom };
    return { whole, horizontal };
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
          {measure !== 'cosine' && (
            <button
              type="button"
              className="button button-small"
              aria-pressed={log}
              aria-label="Logarithmic vertical axis"
              title="Logarithmic vertical axis"
              onClick={() => setLog(!log)}
            >
              log
            </button>
          )}
          <SaveButtons
            title={title}
            figure={figure}
            drawn={!table}
            legend={() => lineEntries(lines, format)}
            csv={() => chartCsv(lines)}
            json={() => chartJson(title, lines, marks)}
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
            <PlotOfLines {...{ title, lines, marks, format, measure, log, version, smoothing, summaryId }} {...shown} />
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
  readonly whole: ReturnType<typeof wholeAxis>;
  readonly horizontal: ReturnType<typeof wholeAxis>;
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
    readonly measure: Measure;
    readonly log: boolean;
    readonly smoothing: number;
    readonly summaryId: string;
  }) {
  const xAxis = useChartView((view) => view.xAxis);
  const cursor = useChartView((view) => view.cursor);
  const drawing = useMemo(() => {
    void version;
    const wanted = withGhosts(
      lines.filter((line) => !line.tableOnly),
      smoothing,
    );
    const drawn = drawLines(wanted, xAxis, horizontal, smoothing);
    return { lines: drawn.map(plotted), vertical: verticalAxis(drawn, measure, log) };
  }, [lines, version, xAxis, horizontal, smoothing, measure, log]);
  const formatHere = useCallback((value: number) => formatX(xAxis, value), [xAxis]);
  const formatTick = useCallback(
    (value: number) => (measure === 'share' ? formatRoundPercent(value) : formatNumber(value)),
    [measure],
  );
  const visible = lines.filter((line) => !line.tableOnly);
  const readings = cursor === undefined ? [] : readingsAt(visible, xAxis, cursor, smoothing);
  const place = cursor === undefined ? '' : `${xTitles[xAxis]} ${formatX(xAxis, cursor)}`;
  const words = `${place}: ${readings.map(({ line, value }) => `${longLabel(line, lines)} ${format(value)}`).join(', ')}`;
  return (
    <>
      {drawing.lines.length === 0 && <p className="plot-empty">No measurements yet</p>}
      <div className="plot-drawing" aria-hidden="true">
        <LinePlot
          lines={drawing.lines}
          horizontal={horizontal}
          vertical={drawing.vertical}
          xTitle={xTitles[xAxis]}
          whole={xAxis === 'step'}
          formatX={formatHere}
          formatY={formatTick}
        />
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

const plotted = ({ line, points }: DrawnLine): PlottedLine => ({
  id: line.id,
  points,
  colour: line.colour,
  width: line.width,
  opacity: line.ghost ? 0.28 : line.run.shade,
  dash: line.dash ?? line.run.dash,
  dots: line.dots === true,
});
