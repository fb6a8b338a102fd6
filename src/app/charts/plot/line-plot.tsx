import { memo } from 'react';
import {
  CartesianGrid,
  Line as ChartLine,
  XAxis as HorizontalAxis,
  LineChart,
  ResponsiveContainer,
  YAxis,
} from 'recharts';
import { type Axis, ticksOf } from '../series/axis.ts';
import type { VerticalAxis } from '../series/drawing.ts';
import type { Point } from '../series/points.ts';
import { axisHeight, axisWidth, margin } from './geometry.ts';

const firstSize = { width: 420, height: 190 };
const tick = { fontSize: 11, fill: 'var(--ink-soft)' };

/** Whole at the plot's edges, unless some lie beyond them. */
const dotOf = ({ colour, points }: PlottedLine, { low, high }: Axis) => ({
  r: 2.5,
  fill: colour,
  strokeWidth: 0,
  clipDot: points.some(({ x }) => x < low || x > high),
});

/** More points than this are a line and no dots. */
const mostDots = 60;

/** A line as it is drawn. */
export interface PlottedLine {
  readonly id: string;
  readonly points: readonly Point[];
  readonly colour: string;
  readonly width: number;
  readonly opacity: number;
  readonly dash: string | undefined;
  readonly dots: boolean;
}

/**
 * The drawing of a line chart, and nothing else: pointing, reading and zooming are the overlay's, so that a pointer draws no line anew.
 * Without animation: a live run is drawn again and again.
 */
export const LinePlot = memo(function LinePlot({
  lines,
  horizontal,
  vertical,
  xTitle,
  whole,
  formatX,
  formatY,
}: {
  readonly lines: readonly PlottedLine[];
  readonly horizontal: Axis;
  readonly vertical: VerticalAxis;
  readonly xTitle: string;
  /** Whether places between whole numbers mean nothing on the horizontal axis. */
  readonly whole: boolean;
  formatX(value: number): string;
  formatY(value: number): string;
}) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={firstSize} debounce={60}>
      <LineChart margin={margin} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <HorizontalAxis
          dataKey="x"
          type="number"
          height={axisHeight}
          scale={horizontal.log ? 'log' : 'linear'}
          domain={[horizontal.low, horizontal.high]}
          allowDataOverflow
          ticks={ticksOf(horizontal, 6, whole)}
          tick={tick}
          tickLine={false}
          stroke="var(--line-strong)"
          tickFormatter={formatX}
          minTickGap={28}
          label={{ value: xTitle, position: 'insideBottom', offset: -8, fontSize: 11, fill: 'var(--ink-soft)' }}
        />
        <YAxis
          width={axisWidth}
          tick={tick}
          tickLine={false}
          axisLine={false}
          scale={vertical.log ? 'log' : 'linear'}
          domain={[vertical.low, vertical.high]}
          ticks={vertical.ticks as number[]}
          tickFormatter={formatY}
          allowDataOverflow
          interval={0}
        />
        {lines.map((line) => (
          <ChartLine
            key={line.id}
            data={line.points as Point[]}
            dataKey="y"
            name={line.id}
            type="linear"
            stroke={line.colour}
            strokeWidth={line.width}
            strokeOpacity={line.opacity}
            {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })}
            dot={line.dots && line.points.length <= mostDots ? dotOf(line, horizontal) : false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
});
