import { memo, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import type { Span } from '../../store/chart-view.ts';
import { type Quantity, quantityOf, type SweepSeries } from '../../store/sweep/sweep-results.ts';
import { Figure } from '../charts/figure.tsx';
import { LogButton } from '../charts/log-button.tsx';
import { Behind } from '../charts/plot/beside.ts';
import { Plot } from '../charts/plot/plot.tsx';
import { PlotOverlay } from '../charts/plot/plot-overlay.tsx';
import { SaveButtons } from '../charts/save/save-buttons.tsx';
import { stillOn } from '../charts/series/axis.ts';
import { useChartLook } from '../charts/use-chart-view.ts';
import { useDrawnInTurn } from '../charts/use-drawn-in-turn.ts';
import { ZoomButtons } from '../charts/zoom-buttons.tsx';
import type { Theme } from '../look/module-colour.ts';
import { useTheme } from '../look/theme.ts';
import { kept } from '../parts/kept.ts';
import { formatSpread } from '../runs/column-format.ts';
import { quantities } from './quantities.ts';
import { sweepLook } from './sweep-colour.ts';
import {
  dotsOfSeries,
  nearestDot,
  type PointedAt,
  ringsAround,
  type SweepView,
  sweepDrawing,
  sweepPicture,
  wholeOf,
} from './sweep-drawing.ts';
import { sweepCsv, sweepInWords, sweepJson } from './sweep-files.ts';
import { SweepTable } from './sweep-table.tsx';

/** Everything against K, and against each other. */
const figures: readonly (readonly [y: Quantity, x: Quantity])[] = [
  ['error', 'modules'],
  ['memory', 'modules'],
  ['arithmetic', 'modules'],
  ['error', 'memory'],
  ['error', 'arithmetic'],
  ['memory', 'arithmetic'],
];

/** What all figures of a sweep share: the point pointed at, and the part of each horizontal axis in sight. */
interface SharedView {
  readonly pointed: PointedAt | undefined;
  readonly zooms: Readonly<Partial<Record<Quantity, Span | undefined>>>;
  pointAt(pointed: PointedAt | undefined): void;
  zoomTo(quantity: Quantity, span: Span | undefined): void;
}

const useZooms = kept<SharedView['zooms']>({});

/** The figures of a sweep. Loaded after the page, as all that draws. */
export default memo(function SweepFigures({ series }: { readonly series: readonly SweepSeries[] }) {
  const [pointed, pointAt] = useState<PointedAt>();
  const [zooms, setZooms] = useZooms();
  const zoomTo = (quantity: Quantity, span: Span | undefined) => setZooms({ ...zooms, [quantity]: span });
  return (
    <>
      <ul className="legend sweep-methods" aria-label="Methods">
        {series.map(({ method }, index) => (
          <li key={method}>
            <MethodSign index={index} /> {method}
          </li>
        ))}
      </ul>
      <div className="chart-grid">
        {figures.map(([y, x], index) => (
          <SweepFigure
            key={`${y} ${x}`}
            series={series}
            x={x}
            y={y}
            hasZoom={figures.findIndex(([, across]) => across === x) === index}
            shared={{ pointed, zooms, pointAt, zoomTo }}
          />
        ))}
      </div>
    </>
  );
});

function SweepFigure({
  series,
  x,
  y,
  hasZoom,
  shared,
}: {
  readonly series: readonly SweepSeries[];
  readonly x: Quantity;
  readonly y: Quantity;
  /** One figure has the buttons for all that are drawn over the same. */
  readonly hasZoom: boolean;
  readonly shared: SharedView;
}) {
  const theme = useTheme();
  const figure = useRef<HTMLElement>(null);
  const across = quantities[x].title;
  const title = `${quantities[y].title} against ${x === 'modules' ? across : across.toLowerCase()}`;
  const [{ table, logX, logY }, look] = useChartLook(title);
  const zoom = stillOn(wholeOf(series, { x, y, logX }), shared.zooms[x]);
  const view = useMemo(() => ({ x, y, logX, logY, zoom }), [x, y, logX, logY, zoom]);
  const wanted = useMemo(() => ({ series, view, theme }), [series, view, theme]);
  const drawn = useDrawnInTurn(figure, wanted, { isLater })?.is;
  const summaryId = useId();
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={(on) => look({ table: on })}
      tools={
        <>
          <LogButton axis={`horizontal axis of ${title}`} words="log x" log={logX} onLog={(on) => look({ logX: on })} />
          <LogButton axis={`vertical axis of ${title}`} words="log y" log={logY} onLog={(on) => look({ logY: on })} />
          <SaveButtons
            figure={figure}
            chart={{
              title,
              picture: async () => sweepPicture(title, series, view, theme),
              csv: () => [sweepCsv(series, x, y)],
              json: () => [sweepJson(title, series, x, y)],
            }}
          />
        </>
      }
    >
      <p id={summaryId} className="visually-hidden">
        {sweepInWords(title, series, x, y)}
      </p>
      {table ? (
        <SweepTable title={title} series={series} x={x} y={y} />
      ) : (
        <div className="plot">{drawn !== undefined && <SweepPlot {...drawn} {...{ title, shared, summaryId }} />}</div>
      )}
      {hasZoom && (
        <div className="row figure-note sweep-zoom">
          <span>{across}, in every figure over it</span>
          <ZoomButtons
            what={`, ${across}`}
            all={`Show all, ${across}`}
            wholeNow={() => wholeOf(series, view)}
            zoom={zoom}
            onZoom={(span) => shared.zoomTo(x, span)}
          />
        </div>
      )}
    </Figure>
  );
}

interface Wanted {
  readonly series: readonly SweepSeries[];
  readonly view: SweepView;
  readonly theme: Theme;
}

/** Where runs went on and nothing else has changed, there is time. */
const isLater = (wanted: Wanted, drawn: Wanted): boolean => wanted.view === drawn.view && wanted.theme === drawn.theme;

function SweepPlot({
  title,
  series,
  view,
  theme,
  shared: { pointed, pointAt, zoomTo },
  summaryId,
}: {
  readonly title: string;
  readonly series: readonly SweepSeries[];
  readonly view: SweepView;
  readonly theme: Theme;
  readonly shared: SharedView;
  readonly summaryId: string;
}) {
  const drawing = useMemo(() => sweepDrawing(series, view, theme), [series, view, theme]);
  const dots = useMemo(() => series.flatMap((one) => dotsOfSeries(one, view)), [series, view]);
  const rings = useMemo(() => ringsAround(series, view, pointed, theme), [series, view, pointed, theme]);
  // Against K all methods stand at one place; elsewhere each has a place of its own.
  const cursor =
    view.x === 'modules'
      ? pointed?.modules
      : dots.find(({ point }) => point.modules === pointed?.modules && point.method === pointed.method)?.x;
  const rows = rowsAt(series, view, pointed);
  const words =
    pointed === undefined
      ? 'Arrow keys move the cursor'
      : `K = ${pointed.modules}: ${rows.map(({ method, words }) => `${method} ${words}`).join('; ')}`;
  if (drawing.shapes.length === 0) return <p className="plot-empty">No measurements yet</p>;
  return (
    <>
      <div className="plot-drawing" aria-hidden="true">
        <Behind value={rings}>
          <Plot shapes={drawing.shapes} horizontal={drawing.horizontal} vertical={drawing.vertical} />
        </Behind>
      </div>
      <PlotOverlay
        title={title}
        describedBy={summaryId}
        axis={drawing.horizontal}
        whole={drawing.whole}
        cursor={cursor}
        marks={[]}
        words={words}
        onPoint={(x, height) => {
          const dot = x === undefined ? undefined : nearestDot(dots, drawing, x, height);
          pointAt(dot && { modules: dot.point.modules, method: dot.point.method });
        }}
        onStep={(x, side) => nextPlace(dots, x, side)}
        onZoom={(span) => zoomTo(view.x, span)}
        readout={() => <SweepReadout modules={pointed?.modules} rows={rows} />}
      />
    </>
  );
}

interface ReadoutRow {
  readonly method: string;
  readonly sign: ReactNode;
  readonly words: string;
}

/** What every method has at the K pointed at. */
function rowsAt(series: readonly SweepSeries[], { x, y }: SweepView, pointed: PointedAt | undefined): ReadoutRow[] {
  const told = [y, x].filter((quantity) => quantity !== 'modules');
  return series.flatMap(({ method, points }, index) => {
    const point = points.find(({ modules }) => modules === pointed?.modules);
    if (point === undefined) return [];
    const values = told.map((quantity) => {
      const { title, format } = quantities[quantity];
      return `${title.toLowerCase()} ${formatSpread(quantityOf(point, quantity), format) || 'not measured'}`;
    });
    const words = `${values.join(', ')}, ${point.runs} ${point.runs === 1 ? 'run' : 'runs'}`;
    return [{ method, sign: <MethodSign key={method} index={index} />, words }];
  });
}

function MethodSign({ index }: { readonly index: number }) {
  const { colour, dash } = sweepLook(index, useTheme());
  return (
    <svg aria-hidden="true" width="22" height="8">
      <line x1="0" y1="4" x2="22" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
      <circle cx="11" cy="4" r="3.5" fill={colour} />
    </svg>
  );
}

function SweepReadout({
  modules,
  rows,
}: {
  readonly modules: number | undefined;
  readonly rows: readonly ReadoutRow[];
}) {
  return (
    <>
      <span className="tooltip-title">K = {modules}</span>
      {rows.map(({ method, sign, words }) => (
        <span key={method}>
          {sign} {method} <span className="soft">{words}</span>
        </span>
      ))}
    </>
  );
}

/** The place of the next point to one side; where there is none, the place itself. */
function nextPlace(dots: readonly { readonly x: number }[], x: number, side: 1 | -1): number {
  const beyond = dots.map((dot) => dot.x).filter((place) => (place - x) * side > 1e-9 * Math.abs(x));
  if (beyond.length === 0) return x;
  return side > 0 ? Math.min(...beyond) : Math.max(...beyond);
}
