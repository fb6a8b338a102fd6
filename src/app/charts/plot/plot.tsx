import { memo } from 'react';
import { CartesianGrid, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { useSettled } from '../../parts/use-settled.ts';
import { looksLike, type PlotAxis } from '../series/axis.ts';
import { Shapes } from './beside.ts';
import { axisHeight, axisWidth, margin } from './geometry.ts';
import { PlotShapes } from './plot-shapes.tsx';
import type { Shape } from './shapes.ts';

const firstSize = { width: 420, height: 190 };
/** Lines that are not drawn need no place: finding it measures every tick's text. */
const nowhere = () => [];
const tick = { fontSize: 11, fill: 'var(--ink-soft)' };

/**
 * The drawing of a chart, and nothing else: pointing, reading and zooming are the overlay's, so that a pointer draws no line anew. Nor does a
 * line that grows draw the axes anew, as long as they look the same.
 */
export function Plot({
  shapes,
  horizontal,
  vertical,
}: {
  readonly shapes: readonly Shape[];
  readonly horizontal: PlotAxis;
  readonly vertical: PlotAxis;
}) {
  return (
    <Shapes value={shapes}>
      <Axes horizontal={useSettled(horizontal, looksLike)} vertical={useSettled(vertical, looksLike)} />
    </Shapes>
  );
}

/** Without animation: a live run is drawn again and again. */
const Axes = memo(function Axes({
  horizontal,
  vertical,
}: {
  readonly horizontal: PlotAxis;
  readonly vertical: PlotAxis;
}) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={firstSize} debounce={60}>
      <LineChart margin={margin} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} verticalCoordinatesGenerator={nowhere} />
        <XAxis
          dataKey="x"
          type="number"
          height={axisHeight}
          scale={horizontal.log ? 'log' : 'linear'}
          domain={[horizontal.low, horizontal.high]}
          allowDataOverflow
          ticks={horizontal.ticks}
          tick={tick}
          tickLine={false}
          stroke="var(--line-strong)"
          tickFormatter={horizontal.format}
          minTickGap={12}
          label={{
            value: horizontal.title,
            position: 'insideBottom',
            offset: -8,
            fontSize: 11,
            fill: 'var(--ink-soft)',
          }}
        />
        <YAxis
          width={axisWidth}
          tick={tick}
          tickLine={false}
          axisLine={false}
          scale={vertical.log ? 'log' : 'linear'}
          domain={[vertical.low, vertical.high]}
          ticks={vertical.ticks}
          tickFormatter={vertical.format}
          allowDataOverflow
          interval={0}
        />
        <PlotShapes horizontal={horizontal} vertical={vertical} />
      </LineChart>
    </ResponsiveContainer>
  );
});
