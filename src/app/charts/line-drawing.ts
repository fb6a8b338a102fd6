import type { Span, XAxis } from '../../store/chart-view.ts';
import { formatNumber, formatRoundPercent } from '../look/format.ts';
import { formatX, xTitles } from './format-x.ts';
import type { LineShape } from './plot/shapes.ts';
import type { ChartPicture, LegendEntry } from './save/chart-picture.ts';
import { type Axis, type PlotAxis, partOf, ticksOf } from './series/axis.ts';
import { foldIn } from './series/columns.ts';
import { type DrawnLine, drawLines, type Measure, verticalAxis, wholeAxis } from './series/drawing.ts';
import { columnsOf, type Line, longLabel, type ShownRun, weightOf, withGhosts } from './series/line.ts';
import { marksOf } from './use-marks.ts';

/** All that decides how the lines of a figure are drawn. */
export interface Wanted {
  /** Version of the histories, which grow in place, where the live run stands; undefined while it trains: charts follow it in turn then. */
  readonly standing: number | undefined;
  readonly runs: readonly ShownRun[];
  /** Those that are not hidden. */
  readonly lines: readonly Line[];
  /** The hidden ones too: what a line is called depends on the others. */
  readonly all: readonly Line[];
  readonly xAxis: XAxis;
  readonly logX: boolean;
  /** Undefined: all of the horizontal axis. */
  readonly zoom: Span | undefined;
  /** Share of the past in the moving average of training lines. */
  readonly smoothing: number;
  readonly measure: Measure;
  readonly log: boolean;
  /** Title of the vertical axis, with its unit. */
  readonly quantity: string;
}

/** Lines as they are drawn. */
export interface LineDrawing {
  readonly shapes: readonly LineShape[];
  readonly horizontal: PlotAxis;
  readonly vertical: PlotAxis;
}

/** All of the horizontal axis, and what of it is in sight. */
export function axesOf({ runs, xAxis, logX, zoom }: Pick<Wanted, 'runs' | 'xAxis' | 'logX' | 'zoom'>) {
  const whole = wholeAxis(runs, xAxis, logX);
  return { whole, horizontal: partOf(whole, zoom) };
}

/** Draws the lines that are not for the table only, pale twins behind them. */
export function drawingOf({ lines, xAxis, smoothing, measure, log, quantity }: Wanted, horizontal: Axis): LineDrawing {
  const wanted = withGhosts(
    lines.filter((line) => !line.tableOnly),
    smoothing,
  );
  const drawn = drawLines(wanted, xAxis, horizontal, smoothing);
  return {
    shapes: drawn.map(shapeOf),
    horizontal: {
      ...horizontal,
      title: xTitles[xAxis],
      ticks: ticksOf(horizontal, 6, xAxis === 'step'),
      format: (value) => formatX(xAxis, value),
    },
    vertical: {
      ...verticalAxis(drawn, measure, log),
      title: quantity,
      format: measure === 'share' ? formatRoundPercent : formatNumber,
    },
  };
}

/** Folds in what was measured, with turns of the page in between: of a run of a million steps that never was drawn it takes long. */
export async function foldedIn({ lines, smoothing }: Wanted, pause: () => Promise<void>): Promise<void> {
  for (const line of lines)
    for (const weight of new Set([0, weightOf(line, smoothing)]))
      await foldIn(columnsOf(line), line.column, weight, pause);
}

/** The same as a picture for a file, with a legend of all that is drawn. */
export function linePicture(title: string, wanted: Wanted, format: (value: number) => string): ChartPicture {
  const { runs, lines, all, xAxis, smoothing } = wanted;
  const { shapes, horizontal, vertical } = drawingOf(wanted, axesOf(wanted).horizontal);
  const drawn = new Set(shapes.map(({ id }) => id));
  const seen = lines.filter(({ id }) => drawn.has(id));
  return {
    title,
    shapes,
    // Seconds are plain there: on the page each tick says its own unit.
    horizontal:
      xAxis === 'seconds' ? { ...horizontal, title: 'time (s)', format: (value) => formatNumber(value) } : horizontal,
    vertical,
    legend: seen.map((line) => entryOf(line, all, format)),
    marks: marksOf(runs, xAxis).filter(({ x }) => x >= horizontal.low && x <= horizontal.high),
    notes: notesOn(seen, shapes, smoothing),
  };
}

function entryOf(line: Line, lines: readonly Line[], format: (value: number) => string): LegendEntry {
  const last = columnsOf(line).last(line.column);
  return {
    sign: 'line',
    label: longLabel(line, lines),
    value: last === undefined ? '' : format(last),
    colour: line.colour,
    opacity: line.run.shade,
    dash: line.dash ?? line.run.dash,
  };
}

function notesOn(lines: readonly Line[], shapes: readonly LineShape[], smoothing: number): string[] {
  if (lines.length === 0) return [];
  const thin = lines.some(({ width }) => width === 1) && lines.some(({ width }) => width > 1);
  const smooth = lines.some((line) => weightOf(line, smoothing) > 0);
  const pale = shapes.length > lines.length;
  return [
    'Numbers beside the names are the last measured.',
    ...(thin ? ['Thin lines: training batches.'] : []),
    ...(smooth
      ? [`Training lines: moving average with weight ${smoothing} on the past.${pale ? ' Pale: as measured.' : ''}`]
      : []),
  ];
}

const shapeOf = ({ line, points }: DrawnLine): LineShape => ({
  kind: 'line',
  id: line.id,
  points,
  colour: line.colour,
  width: line.width,
  opacity: line.ghost ? 0.28 : line.run.shade,
  dash: line.dash ?? line.run.dash,
  dots: line.dots === true,
});
