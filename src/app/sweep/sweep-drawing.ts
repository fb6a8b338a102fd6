import type { Span } from '../../store/chart-view.ts';
import { type Quantity, quantityOf, type SweepPoint, type SweepSeries } from '../../store/sweep/sweep-results.ts';
import type { LineShape } from '../charts/plot/shapes.ts';
import type { ChartPicture } from '../charts/save/chart-picture.ts';
import { type Axis, type PlotAxis, partOf, placeOf, ticksOf } from '../charts/series/axis.ts';
import type { Point } from '../charts/series/points.ts';
import { logTicks, ticksAround } from '../charts/series/ticks.ts';
import type { Theme } from '../look/module-colour.ts';
import { quantities } from './quantities.ts';
import { sweepLook } from './sweep-colour.ts';

/** Point of a sweep in a figure: means, and sample standard deviations. */
export interface Dot extends Point {
  readonly xSpread: number;
  readonly ySpread: number;
  readonly point: SweepPoint;
}

/** A point of the sweep, by its K; of one method where it is one point that is pointed at. */
export interface PointedAt {
  readonly modules: number;
  readonly method: string | undefined;
}

/** How a figure of a sweep is seen. */
export interface SweepView {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Undefined: all of it. */
  readonly zoom: Span | undefined;
}

export interface SweepDrawing {
  readonly shapes: readonly LineShape[];
  readonly horizontal: PlotAxis;
  readonly vertical: PlotAxis;
  readonly whole: Axis;
}

/** The points of each method that have both quantities. */
export const dotsOfSeries = ({ points }: SweepSeries, { x, y }: Pick<SweepView, 'x' | 'y'>): readonly Dot[] =>
  points.flatMap((point) => {
    const across = quantityOf(point, x);
    const up = quantityOf(point, y);
    if (across === undefined || up === undefined) return [];
    return [{ x: across.mean, y: up.mean, xSpread: across.deviation, ySpread: up.deviation, point }];
  });

type TickedAxis = Axis & { readonly ticks: readonly number[] };

/** All of the horizontal axis. */
export const wholeOf = (series: readonly SweepSeries[], view: Pick<SweepView, 'x' | 'y' | 'logX'>): TickedAxis =>
  axisOver(
    series.flatMap((one) => dotsOfSeries(one, view)),
    'x',
    view.logX,
    { whole: view.x === 'modules' },
  );

/** A line through each method's means, with their spreads. */
export function sweepDrawing(series: readonly SweepSeries[], view: SweepView, theme: Theme): SweepDrawing {
  const dots = series.map((one) => dotsOfSeries(one, view));
  const across = wholeOf(series, view);
  const axis = partOf(across, view.zoom);
  const seen = dots.flat().filter(({ x }) => placeOf(axis, x) >= -0.001 && placeOf(axis, x) <= 1.001);
  const vertical = axisOver(seen.length === 0 ? dots.flat() : seen, 'y', view.logY, { fromZero: true });
  const ticks = view.zoom === undefined ? across.ticks : ticksOf(axis, 6, view.x === 'modules');
  return {
    // One method's only point (back-propagation's) may lie on others' points: it is drawn over them.
    shapes: dots
      .map((own, index) => ({ own, index }))
      .sort((a, b) => Number(a.own.length === 1) - Number(b.own.length === 1))
      .flatMap(({ own, index }) => shapesOf(own, index, theme)),
    horizontal: { ...axis, ticks, title: titleOf(view.x), format: quantities[view.x].formatTick },
    vertical: { ...vertical, title: titleOf(view.y), format: quantities[view.y].formatTick },
    whole: across,
  };
}

/** Rings around every point of a K. */
export const ringsAround = (
  series: readonly SweepSeries[],
  view: SweepView,
  pointed: PointedAt | undefined,
  theme: Theme,
): readonly LineShape[] =>
  series.flatMap((one, index) =>
    dotsOfSeries(one, view)
      .filter(({ point }) => point.modules === pointed?.modules)
      .map((dot) => ({
        ...lineShape(`ring ${index} ${dot.point.modules}`, [dot], sweepLook(index, theme).colour),
        width: point(dot, pointed) ? 9 : 7,
        opacity: point(dot, pointed) ? 0.6 : 0.35,
        dots: true,
      })),
  );

const point = (dot: Dot, pointed: PointedAt | undefined): boolean => dot.point.method === pointed?.method;

/** The same as a picture for a file. */
export function sweepPicture(
  title: string,
  series: readonly SweepSeries[],
  view: SweepView,
  theme: Theme,
): ChartPicture {
  const { shapes, horizontal, vertical } = sweepDrawing(series, view, theme);
  return {
    title,
    shapes,
    horizontal,
    vertical,
    legend: series.map(({ method }, index) => {
      const { colour, dash } = sweepLook(index, theme);
      return { sign: 'line', label: method, value: '', colour, opacity: 1, dash };
    }),
    marks: [],
    notes: [
      'Points are means over the runs of one method and K, bars one sample standard deviation. Memory is planned; K = 1 is back-propagation.',
    ],
  };
}

/** The point nearest to a place of the plot; by the horizontal axis alone where no height is known. */
export function nearestDot(
  dots: readonly Dot[],
  { horizontal, vertical }: Pick<SweepDrawing, 'horizontal' | 'vertical'>,
  x: number,
  height: number | undefined,
): Dot | undefined {
  const place = placeOf(horizontal, x);
  const far = (dot: Dot) =>
    Math.hypot(placeOf(horizontal, dot.x) - place, height === undefined ? 0 : placeOf(vertical, dot.y) - height);
  return dots.reduce<Dot | undefined>(
    (best, dot) => (best === undefined || far(dot) < far(best) ? dot : best),
    undefined,
  );
}

function shapesOf(dots: readonly Dot[], index: number, theme: Theme): LineShape[] {
  if (dots.length === 0) return [];
  const { colour, dash } = sweepLook(index, theme);
  const spreads = dots.flatMap(({ x, y, xSpread, ySpread }, place) => [
    ...(ySpread > 0
      ? [
          lineShape(
            `y ${index} ${place}`,
            [
              { x, y: y - ySpread },
              { x, y: y + ySpread },
            ],
            colour,
          ),
        ]
      : []),
    ...(xSpread > 0
      ? [
          lineShape(
            `x ${index} ${place}`,
            [
              { x: x - xSpread, y },
              { x: x + xSpread, y },
            ],
            colour,
          ),
        ]
      : []),
  ]);
  return [
    { ...lineShape(`line ${index}`, dots, colour), dash },
    ...spreads,
    ...dots.map((dot, place) => ({ ...lineShape(`dot ${index} ${place}`, [dot], colour), width: 4, dots: true })),
  ];
}

const lineShape = (id: string, points: readonly Point[], colour: string): LineShape => ({
  kind: 'line',
  id,
  points,
  colour,
  width: 1.5,
  opacity: 1,
  dash: undefined,
  dots: false,
});

/** Round places over the dots and their spreads along one axis. On a logarithmic one what is not above 0 has no place. */
function axisOver(
  dots: readonly Dot[],
  along: 'x' | 'y',
  log: boolean,
  { fromZero = false, whole = false },
): TickedAxis {
  const spread = along === 'x' ? 'xSpread' : 'ySpread';
  const ends = dots.flatMap((dot) => [dot[along] - dot[spread], dot[along], dot[along] + dot[spread]]);
  const low = Math.min(...ends.filter((end) => !log || end > 0));
  const high = Math.max(...ends);
  if (log && high > 0) {
    const ends = { low: low / 1.2, high: high * 1.2 };
    return { ...ends, log, ticks: logTicks(ends.low, ends.high, 6) };
  }
  const ticks = ticksAround(fromZero ? 0 : low, high, 6);
  // K is counted, and its last point stands clear of the edge.
  if (whole) return { low: 0, high: high + 0.5, log: false, ticks: ticksOf({ low: 0, high, log: false }, 6, true) };
  return { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1, log: false, ticks };
}

const titleOf = (quantity: Quantity): string => {
  const { title, unit } = quantities[quantity];
  return unit === '' ? title : `${title} (${unit})`;
};
