import { memo, useMemo } from 'react';
import { usePlotArea } from 'recharts';
import type { Axis } from '../series/axis.ts';
import {
  type BoxShape,
  dotRadius,
  dotsOf,
  type LineShape,
  type PlotFrame,
  pathOf,
  rectOf,
  type Shape,
} from './shapes.ts';

/** The shapes of a plot within its area, as plain paths: a hundred lines cost what one of the library's does. */
export const PlotShapes = memo(function PlotShapes({
  shapes,
  horizontal,
  vertical,
}: {
  readonly shapes: readonly Shape[];
  readonly horizontal: Axis;
  readonly vertical: Axis;
}) {
  const area = usePlotArea();
  const { width, height } = area ?? { width: 0, height: 0 };
  const frame = useMemo(() => ({ horizontal, vertical, width, height }), [horizontal, vertical, width, height]);
  if (area === undefined) return null;
  return (
    // A nested drawing cuts off what lies beyond it; a pixel more, so that a line along the edge is whole.
    <svg x={area.x - 1} y={area.y - 1} width={width + 2} height={height + 2} aria-hidden="true">
      <g transform="translate(1 1)">
        {shapes.map((shape) =>
          shape.kind === 'line' ? (
            <PlottedLine key={shape.id} shape={shape} frame={frame} />
          ) : (
            <PlottedBox key={shape.id} shape={shape} frame={frame} />
          ),
        )}
      </g>
    </svg>
  );
});

const PlottedLine = memo(function PlottedLine({
  shape,
  frame,
}: {
  readonly shape: LineShape;
  readonly frame: PlotFrame;
}) {
  const path = useMemo(() => pathOf(shape.points, frame), [shape.points, frame]);
  const dots = dotsOf(shape, frame);
  const { colour, width, opacity, dash } = shape;
  return (
    <>
      <path
        className="plot-line"
        d={path}
        fill="none"
        stroke={colour}
        strokeWidth={width}
        strokeOpacity={opacity}
        strokeDasharray={dash}
      />
      {dots.map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={dotRadius(shape)} fill={colour} fillOpacity={opacity} />
      ))}
    </>
  );
});

function PlottedBox({ shape, frame }: { readonly shape: BoxShape; readonly frame: PlotFrame }) {
  const rect = rectOf(shape, frame);
  return rect && <rect {...rect} fill={shape.colour} fillOpacity={shape.opacity} />;
}
