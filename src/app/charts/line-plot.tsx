import { memo, useMemo } from 'react';
import {
  CartesianGrid,
  Line as ChartLine,
  XAxis as HorizontalAxis,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  YAxis,
} from 'recharts';
import { usePlayground } from '../playground-context.ts';
import { PlotTooltip } from './plot-tooltip.tsx';
import type { Line, Row, XAxis } from './rows.ts';
import { niceTicks, ticksFromZero } from './ticks.ts';
import { formatX, xTitles } from './x-axis.ts';

/** Older marks stay in the list under the learning rate. */
const mostMarks = 20;

const firstSize = { width: 420, height: 190 };
const margin = { top: 6, right: 8, bottom: 14, left: 0 };
const tick = { fontSize: 11, fill: 'var(--ink-soft)' };

/** The drawing of a line chart. Without animation: it is drawn anew twice a second. Its text is legend and table. */
export const LinePlot = memo(function LinePlot({
  lines,
  rows,
  xAxis,
  format,
  percent,
  log,
}: {
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  readonly xAxis: XAxis;
  readonly format: (value: number | undefined) => string;
  readonly percent: boolean;
  readonly log: boolean;
}) {
  const marks = usePlayground((state) => state.history).marks;
  // A line without a value costs as much as one with five hundred.
  const drawn = useMemo(() => lines.filter(({ id }) => rows.some((row) => row[id] !== undefined)), [lines, rows]);
  const [low, high] = [rows[0]?.x ?? 0, rows.at(-1)?.x ?? 1];
  const xTicks = useMemo(() => niceTicks(low, high, 6, xAxis === 'step'), [low, high, xAxis]);
  const yTicks = useMemo(() => (percent ? percents : ticksFromZero(highest(rows, lines), 6)), [percent, rows, lines]);
  return (
    <div className="plot" aria-hidden="true">
      {rows.length === 0 && <p className="plot-empty">No measurements yet</p>}
      <ResponsiveContainer width="100%" height="100%" initialDimension={firstSize} debounce={60}>
        <LineChart data={rows as Row[]} margin={margin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <HorizontalAxis
            dataKey="x"
            type="number"
            domain={[low, high]}
            ticks={xTicks}
            tick={tick}
            tickLine={false}
            stroke="var(--line-strong)"
            tickFormatter={(value: number) => formatX(xAxis, value)}
            minTickGap={28}
            label={{
              value: xTitles[xAxis],
              position: 'insideBottom',
              offset: -8,
              fontSize: 11,
              fill: 'var(--ink-soft)',
            }}
          />
          <YAxis
            width={46}
            tick={tick}
            tickLine={false}
            axisLine={false}
            tickFormatter={percent ? (share: number) => `${Math.round(share * 100)}\u00a0%` : format}
            allowDataOverflow={log}
            {...(log
              ? { scale: 'log' as const, domain: ['auto', 'auto'] }
              : { ticks: yTicks, domain: [0, yTicks.at(-1) ?? 1] })}
          />
          <Tooltip
            isAnimationActive={false}
            content={<PlotTooltip lines={lines} xAxis={xAxis} format={format} />}
            cursor={{ stroke: 'var(--line-strong)' }}
          />
          {marks.slice(-mostMarks).map((mark) => (
            <ReferenceLine key={mark.step} x={mark[xAxis]} stroke="var(--line-strong)" strokeDasharray="2 3" />
          ))}
          {drawn.map((line) => (
            <ChartLine
              key={line.id}
              dataKey={line.id}
              type="linear"
              stroke={line.colour}
              strokeWidth={line.width}
              strokeOpacity={line.raw ? 0.28 : 1}
              {...(line.dash ? { strokeDasharray: line.dash } : {})}
              dot={line.dots ? { r: 2.5, fill: line.colour, strokeWidth: 0 } : false}
              activeDot={line.raw ? false : { r: 3 }}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
});

const percents = [0, 0.25, 0.5, 0.75, 1];

function highest(rows: readonly Row[], lines: readonly Line[]): number {
  let most = 0;
  for (const row of rows) for (const { id } of lines) most = Math.max(most, row[id] ?? 0);
  return most;
}
