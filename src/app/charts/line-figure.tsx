import { memo, type ReactNode, useDeferredValue, useId, useMemo, useRef } from 'react';
import { type PlaygroundState, versionAtRest } from '../../store/state.ts';
import { useFollowed, usePlayground } from '../playground-context.ts';
import { ChartTable } from './chart-table.tsx';
import { Figure } from './figure.tsx';
import { formatX, xTitles } from './format-x.ts';
import { Legend } from './legend.tsx';
import { axesOf, foldedIn, linePicture, type Wanted } from './line-drawing.ts';
import { LinePlot } from './line-plot.tsx';
import { LogButton } from './log-button.tsx';
import { chartCsv, chartJson } from './save/chart-files.ts';
import { nextTurn } from './save/in-slices.ts';
import { SaveButtons } from './save/save-buttons.tsx';
import { type Measure, measuredAxis } from './series/drawing.ts';
import type { Line } from './series/line.ts';
import type { Better } from './series/statistics.ts';
import { summaryOf } from './series/summary.ts';
import { tableRows } from './series/table-rows.ts';
import { useShownRuns } from './shown-runs.tsx';
import { useChartLook, useChartView } from './use-chart-view.ts';
import { useDrawnInTurn } from './use-drawn-in-turn.ts';
import { useLineChoice } from './use-line-choice.ts';
import { marksOf, useMarks } from './use-marks.ts';

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
  const [{ table, logY: log }, look] = useChartLook(title);
  const { choice, highlight } = useLineChoice(title);
  const summaryId = useId();
  const wanted = useWanted(wantedLines, choice.hidden, { measure, log, quantity });
  const drawn = useDrawnInTurn(figure, wanted, { followed: useFollowed(versionOf) });
  // Words follow the drawing, when there is time; where none was made yet they tell all of a run that stands.
  const version = useDeferredValue(drawn === undefined ? wanted.standing : drawn.version);
  // A re-cut changes the lines of several figures at once: each is told when there is time.
  const lines = useDeferredValue(wantedLines);
  const marks = useMarks(version);
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={(on) => look({ table: on })}
      tools={
        <>
          {tools}
          {measure !== 'cosine' && <LogButton axis="vertical axis" log={log} onLog={(on) => look({ logY: on })} />}
          <SaveButtons
            figure={figure}
            chart={{
              title,
              // As of now: what is out of sight was not drawn for long, or never.
              picture: async () => {
                await foldedIn(wanted, nextTurn);
                return linePicture(title, wanted, format);
              },
              csv: () => chartCsv(wantedLines),
              json: () => chartJson(title, wantedLines, marksOf(wanted.runs, wanted.xAxis)),
            }}
          />
        </>
      }
    >
      <Summary {...{ title, lines, better, format, version }} id={summaryId} />
      {table ? (
        <TableOfLines {...{ title, lines, marks, better, format, version }} />
      ) : (
        <div className="plot">
          {drawn !== undefined && <LinePlot {...{ title, marks, format, summaryId, drawn }} highlight={highlight} />}
        </div>
      )}
      <Legend
        {...{ title, lines, version, better, format, choice }}
        smoothing={table ? undefined : drawn?.is.smoothing}
      />
      {children}
    </Figure>
  );
}

/** All that decides how the lines are drawn, as of now. */
function useWanted(
  all: readonly Line[],
  hidden: ReadonlySet<string>,
  { measure, log, quantity }: Pick<Wanted, 'measure' | 'log' | 'quantity'>,
): Wanted {
  const standing = usePlayground(versionAtRest);
  const runs = useShownRuns();
  const xAxis = useChartView((view) => view.xAxis);
  const logX = useChartView((view) => view.logX);
  const zoom = useChartView((view) => view.zoom);
  const smoothing = useChartView((view) => (view.smooth ? view.smoothing : 0));
  const lines = useMemo(() => (hidden.size === 0 ? all : all.filter(({ id }) => !hidden.has(id))), [all, hidden]);
  return useMemo(
    () => ({ standing, runs, lines, all, xAxis, logX, zoom, smoothing, measure, log, quantity }),
    [standing, runs, lines, all, xAxis, logX, zoom, smoothing, measure, log, quantity],
  );
}

const versionOf = ({ historyVersion }: PlaygroundState): number => historyVersion;

interface Told {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly better: Better;
  readonly format: (value: number) => string;
  readonly version: number | undefined;
}

/** The chart in words, for those who do not see it. */
const Summary = memo(function Summary({ id, title, lines, better, format, version }: Told & { readonly id: string }) {
  const runs = useShownRuns();
  const xAxis = useChartView((view) => view.xAxis);
  const summary = useMemo(() => {
    // Histories grow in place; the version says that they did.
    void version;
    const { low, high } = measuredAxis(runs, xAxis, false);
    const covered = `${xTitles[xAxis]} ${formatX(xAxis, low)} to ${formatX(xAxis, high)}`;
    const thick = lines.filter((line) => !line.tableOnly && line.width > 1);
    return summaryOf(title, thick, better, format, covered);
  }, [title, lines, better, format, version, runs, xAxis]);
  return (
    <p id={id} className="visually-hidden">
      {summary}
    </p>
  );
});

function TableOfLines({
  title,
  lines,
  marks,
  better,
  format,
  version,
}: Told & { readonly marks: ReturnType<typeof useMarks> }) {
  const runs = useShownRuns();
  const xAxis = useChartView((view) => view.xAxis);
  const zoom = useChartView((view) => view.zoom);
  const rows = useMemo(() => {
    void version;
    const { horizontal } = axesOf({ runs, xAxis, logX: false, zoom });
    const most = Math.min(mostTableRows, Math.ceil(tableCells / Math.max(1, lines.length)));
    return tableRows(lines, xAxis, horizontal, most);
  }, [lines, runs, xAxis, zoom, version]);
  return <ChartTable {...{ title, lines, rows, marks, xAxis, better, format }} />;
}
