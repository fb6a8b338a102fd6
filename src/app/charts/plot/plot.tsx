import { memo, useRef } from 'react';
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts';
import { useSettled } from '../../parts/use-settled.ts';
import { useTurn } from '../../parts/use-turn.ts';
import { looksLike, type PlotAxis } from '../series/axis.ts';
import { Shapes } from './beside.ts';
import { axisHeight, axisWidth, margin } from './geometry.ts';
import { PlotShapes } from './plot-shapes.tsx';
import type { Shape } from './shapes.ts';
import { type Size, useSize } from './use-size.ts';

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
  const box = useRef<HTMLDivElement>(null);
  // The library's part of a first drawing is by far the longest, and takes two turns: in a long one garbage has to be collected in its midst.
  const size = useSize(box, useTurn('first'));
  const axes = { horizontal: useSettled(horizontal, looksLike), vertical: useSettled(vertical, looksLike) };
  return (
    <Shapes value={shapes}>
      <div ref={box} className="plot-box">
        {size !== undefined && <Axes {...axes} size={size} />}
      </div>
    </Shapes>
  );
}

/** Without animation: a live run is drawn again and again. */
const Axes = memo(function Axes({
  horizontal,
  vertical,
  size,
}: {
  readonly horizontal: PlotAxis;
  readonly vertical: PlotAxis;
  readonly size: Size;
}) {
  const axesCome = useTurn('first');
  return (
    <LineChart {...size} margin={margin} accessibilityLayer={false}>
      {axesCome && (
        <>
          <CartesianGrid stroke="var(--line)" vertical={false} verticalCoordinatesGenerator={nowhere} />
          <XAxis
            dataKey="x"
            type="number"
            height={axisHeight}
            scale={horizontal.log ? 'log' : 'linear'}
            domain={[horizontal.low, horizontal.high]}
            allowDataOverflow
            ticks={horizontal.ticks}
            niceTicks="none"
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
            niceTicks="none"
            tickFormatter={vertical.format}
            allowDataOverflow
            interval={0}
          />
          <PlotShapes horizontal={horizontal} vertical={vertical} />
        </>
      )}
    </LineChart>
  );
});
