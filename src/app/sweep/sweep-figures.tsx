import { useMemo, useRef, useState } from 'react';
import { CartesianGrid, ErrorBar, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { type Quantity, quantityOf, type SweepPoint, type SweepSeries } from '../../store/sweep/sweep-results.ts';
import { Figure } from '../charts/figure.tsx';
import { SaveButtons } from '../charts/save/save-buttons.tsx';
import { logTicks, ticksAround } from '../charts/series/ticks.ts';
import { useTheme } from '../look/theme.ts';
import { formatSpread } from '../runs/column-format.ts';
import { quantities } from './quantities.ts';
import { sweepLook } from './sweep-colour.ts';
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

const tick = { fontSize: 11, fill: 'var(--ink-soft)' };

/** The figures of a sweep. Loaded after the page, as all that draws. */
export default function SweepFigures({ series }: { readonly series: readonly SweepSeries[] }) {
  const theme = useTheme();
  return (
    <>
      <ul className="legend sweep-methods" aria-label="Methods">
        {series.map(({ method }, index) => {
          const { colour, dash } = sweepLook(index, theme);
          return (
            <li key={method}>
              <svg aria-hidden="true" width="22" height="8">
                <line x1="0" y1="4" x2="22" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
                <circle cx="11" cy="4" r="3.5" fill={colour} />
              </svg>{' '}
              {method}
            </li>
          );
        })}
      </ul>
      <div className="chart-grid">
        {figures.map(([y, x]) => (
          <SweepFigure key={`${y} ${x}`} series={series} x={x} y={y} />
        ))}
      </div>
    </>
  );
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly xSpread: number;
  readonly ySpread: number;
  readonly point: SweepPoint;
}

function SweepFigure({
  series,
  x,
  y,
}: {
  readonly series: readonly SweepSeries[];
  readonly x: Quantity;
  readonly y: Quantity;
}) {
  const theme = useTheme();
  const figure = useRef<HTMLElement>(null);
  const [table, setTable] = useState(false);
  const [log, setLog] = useState(false);
  const across = quantities[x].title;
  const title = `${quantities[y].title} against ${x === 'modules' ? across : across.toLowerCase()}`;
  const dots = useMemo(() => series.map(({ points }) => points.flatMap((point) => dotOf(point, x, y))), [series, x, y]);
  const scale = log ? 'log' : 'linear';
  const all = dots.flat();
  const xTicks = ticksOver(all, 'x', log, x === 'modules');
  const yTicks = ticksOver(all, 'y', log, true);
  return (
    <Figure
      ref={figure}
      title={title}
      table={table}
      onTable={setTable}
      tools={
        <>
          <button
            type="button"
            className="button button-small"
            aria-pressed={log}
            title="Both axes logarithmic"
            onClick={() => setLog(!log)}
          >
            log
          </button>
          <SaveButtons
            title={title}
            figure={figure}
            drawn={!table && all.length > 0}
            legend={() =>
              series.map(({ method }, index) => {
                const { colour, dash } = sweepLook(index, theme);
                return { label: method, value: '', colour, opacity: 1, dash };
              })
            }
            csv={() => [sweepCsv(series, x, y)]}
            json={() => [sweepJson(title, series, x, y)]}
          />
        </>
      }
    >
      <p className="visually-hidden">{sweepInWords(title, series, x, y)}</p>
      {table ? (
        <SweepTable title={title} series={series} x={x} y={y} />
      ) : all.length === 0 ? (
        <div className="plot">
          <p className="plot-empty">No measurements yet</p>
        </div>
      ) : (
        <div className="plot" aria-hidden="true">
          <ResponsiveContainer className="plot-drawing" width="100%" height="100%">
            <ScatterChart margin={{ top: 8, right: 12, bottom: 0, left: 4 }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" />
              <XAxis
                type="number"
                dataKey="x"
                scale={scale}
                domain={xTicks.domain}
                ticks={xTicks.ticks}
                tick={tick}
                tickFormatter={quantities[x].formatTick}
                stroke="var(--line-strong)"
              />
              <YAxis
                type="number"
                dataKey="y"
                scale={scale}
                domain={yTicks.domain}
                ticks={yTicks.ticks}
                interval={0}
                width={64}
                tick={tick}
                tickFormatter={quantities[y].formatTick}
                stroke="var(--line-strong)"
              />
              <Tooltip isAnimationActive={false} content={<DotTooltip x={x} y={y} />} />
              {series.map(({ method }, index) => {
                const { colour, dash } = sweepLook(index, theme);
                return (
                  <Scatter
                    key={method}
                    name={method}
                    data={dots[index] as Dot[]}
                    fill={colour}
                    line={{ stroke: colour, strokeWidth: 1.5, strokeDasharray: dash }}
                    isAnimationActive={false}
                  >
                    <ErrorBar dataKey="ySpread" direction="y" width={4} stroke={colour} isAnimationActive={false} />
                    <ErrorBar dataKey="xSpread" direction="x" width={4} stroke={colour} isAnimationActive={false} />
                  </Scatter>
                );
              })}
            </ScatterChart>
          </ResponsiveContainer>
        </div>
      )}
    </Figure>
  );
}

/** Round places over the dots and their spreads along one axis. On a logarithmic one what is not above 0 has no place. */
function ticksOver(dots: readonly Dot[], axis: 'x' | 'y', log: boolean, fromZero: boolean) {
  const spread = axis === 'x' ? 'xSpread' : 'ySpread';
  const ends = dots.flatMap((dot) => [dot[axis] - dot[spread], dot[axis], dot[axis] + dot[spread]]);
  const low = Math.min(...ends.filter((end) => !log || end > 0));
  const high = Math.max(...ends);
  if (log && high > 0) {
    const domain = [low / 1.2, high * 1.2] as const;
    return { ticks: logTicks(...domain, 6), domain: [...domain] };
  }
  const ticks = ticksAround(fromZero ? 0 : low, high, 6);
  return { ticks, domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1] };
}

function dotOf(point: SweepPoint, x: Quantity, y: Quantity): Dot[] {
  const across = quantityOf(point, x);
  const up = quantityOf(point, y);
  if (across === undefined || up === undefined) return [];
  return [{ x: across.mean, y: up.mean, xSpread: across.deviation, ySpread: up.deviation, point }];
}

function DotTooltip({
  x,
  y,
  active,
  payload,
}: {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Dot }[];
}) {
  const point = payload?.[0]?.payload?.point;
  if (!active || point === undefined) return null;
  return (
    <div className="tooltip">
      <div className="tooltip-title">
        {point.method}, K = {point.modules}
      </div>
      {[x, y]
        .filter((quantity) => quantity !== 'modules')
        .map((quantity) => (
          <div key={quantity}>
            {quantities[quantity].title} {formatSpread(quantityOf(point, quantity), quantities[quantity].format)}
          </div>
        ))}
      <div className="soft">
        {point.runs} {point.runs === 1 ? 'run' : 'runs'}
      </div>
    </div>
  );
}
