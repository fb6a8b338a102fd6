import { useDeferredValue, useMemo } from 'react';
import { formatX, xTitles } from './format-x.ts';
import { axesOf, drawingOf, type Wanted } from './line-drawing.ts';
import { Highlight } from './plot/beside.ts';
import { Plot } from './plot/plot.tsx';
import { type PlotMark, PlotOverlay } from './plot/plot-overlay.tsx';
import { Readout } from './plot/readout.tsx';
import type { Axis, PlotAxis } from './series/axis.ts';
import { longLabel } from './series/line.ts';
import { neighbour, readingsAt, snapped } from './series/readings.ts';
import { chartViewActions, useChartView } from './use-chart-view.ts';
import type { Drawn } from './use-drawn-in-turn.ts';

/** Lines read out at most where the cursor is; the table has all. */
const mostTold = 16;

interface PlotProps {
  readonly title: string;
  readonly marks: readonly PlotMark[];
  readonly format: (value: number) => string;
  readonly summaryId: string;
  readonly drawn: Drawn<Wanted>;
}

/** The drawing of a figure's lines, with the cursor over it. */
export function LinePlot({ highlight, ...props }: PlotProps & { readonly highlight: ReadonlySet<string> | undefined }) {
  const { drawn } = props;
  const axes = useMemo(() => axesOf(drawn.is), [drawn]);
  const drawing = useMemo(() => drawingOf(drawn.is, axes.horizontal), [drawn, axes]);
  return (
    <>
      {drawing.shapes.length === 0 && <p className="plot-empty">No measurements yet</p>}
      <div className="plot-drawing" aria-hidden="true">
        <Highlight value={highlight}>
          <Plot {...drawing} />
        </Highlight>
      </div>
      <LineCursor {...props} {...axes} vertical={drawing.vertical} />
    </>
  );
}

function LineCursor({
  title,
  marks,
  format,
  summaryId,
  drawn,
  whole,
  horizontal,
  vertical,
}: PlotProps & { readonly whole: Axis; readonly horizontal: Axis; readonly vertical: PlotAxis }) {
  // Of many charts that follow a pointer each is read when there is time.
  const cursor = useDeferredValue(useChartView((view) => view.cursor));
  const { xAxis, smoothing, all } = drawn.is;
  const lines = useMemo(() => drawn.is.lines.filter((line) => !line.tableOnly), [drawn]);
  const readings = useMemo(
    () => (cursor === undefined ? [] : readingsAt(lines, xAxis, cursor, smoothing)),
    [lines, xAxis, cursor, smoothing],
  );
  const place = cursor === undefined ? '' : `${xTitles[xAxis]} ${formatX(xAxis, cursor)}`;
  const words = useMemo(() => {
    if (cursor === undefined) return 'Arrow keys move the cursor';
    const told = readings.slice(0, mostTold).map(({ line, value }) => `${longLabel(line, all)} ${format(value)}`);
    const left = readings.length - told.length;
    return `${place}: ${told.join(', ')}${left > 0 ? `, and ${left} more lines in the table` : ''}`;
  }, [cursor, readings, all, format, place]);
  return (
    <PlotOverlay
      title={title}
      describedBy={summaryId}
      axis={horizontal}
      whole={whole}
      cursor={cursor}
      marks={marks}
      words={words}
      onPoint={(x) => chartViewActions.pointAt(x === undefined ? undefined : snapped(lines, xAxis, x))}
      onStep={(x, side) => neighbour(lines, xAxis, x, side)}
      onZoom={chartViewActions.zoomTo}
      readout={(near, height) => (
        <Readout {...{ place, readings, format, vertical, height }} lines={all} marks={near} />
      )}
    />
  );
}
