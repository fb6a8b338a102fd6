import { memo, useContext, useMemo } from 'react';
import { usePlotArea } from 'recharts';
import type { Axis } from '../series/axis.ts';
import { Behind, Highlight, Shapes } from './beside.ts';
import { type BoxShape, dotRadius, dotsOf, type LineShape, type PlotFrame, pathOf, rectOf } from './shapes.ts';

/** Opacity of a line beside one that stands out. */
const dim = 0.15;

/** The shapes of a plot within its area, as plain paths: a hundred lines cost what one of the library's does. */
export const PlotShapes = memo(function PlotShapes({
  horizontal,
  vertical,
}: {
  readonly horizontal: Axis;
  readonly vertical: Axis;
}) {
  const area = usePlotArea();
  const { width, height } = area ?? { width: 0, height: 0 };
  const highlight = useContext(Highlight);
  const behind = useContext(Behind);
  const shapes = useContext(Shapes);
  // What stands out lies on top.
  const ordered = useMemo(() => {
    if (highlight === undefined) return [...behind, ...shapes];
    return [
      ...behind,
      ...shapes.filter(({ id }) => !highlight.has(id)),
      ...shapes.filter(({ id }) => highlight.has(id)),
    ];
  }, [behind, shapes, highlight]);
  const frame = useMemo(() => ({ horizontal, vertical, width, height }), [horizontal, vertical, width, height]);
  if (area === undefined) return null;
  return (
    // A nested drawing cuts off what lies beyond it; a pixel more, so that a line along the edge is whole.
    <svg x={area.x - 1} y={area.y - 1} width={width + 2} height={height + 2} aria-hidden="true">
      <g transform="translate(1 1)">
        {ordered.map((shape) =>
          shape.kind === 'line' ? (
            <PlottedLine
              key={shape.id}
              shape={shape}
              frame={frame}
              stands={highlight === undefined ? undefined : highlight.has(shape.id)}
            />
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
  stands,
}: {
  readonly shape: LineShape;
  readonly frame: PlotFrame;
  /** Out, or back where another does. */
  readonly stands: boolean | undefined;
}) {
  const path = useMemo(() => pathOf(shape.points, frame), [shape.points, frame]);
  const dots = useMemo(() => dotsOf(shape, frame), [shape, frame]);
  const { colour, dash } = shape;
  const width = stands ? shape.width + 1.5 : shape.width;
  const opacity = stands ? 1 : shape.opacity * (stands === false ? dim : 1);
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
      {dots.length > 0 && (
        // One path for all: a point of no length is drawn as its round end.
        <path
          className="plot-dots"
          d={dots.map(({ x, y }) => `M${x} ${y}h0`).join('')}
          stroke={colour}
          strokeWidth={2 * dotRadius(shape)}
          strokeOpacity={opacity}
          strokeLinecap="round"
        />
      )}
    </>
  );
});

function PlottedBox({ shape, frame }: { readonly shape: BoxShape; readonly frame: PlotFrame }) {
  const rect = rectOf(shape, frame);
  return rect && <rect {...rect} fill={shape.colour} fillOpacity={shape.opacity} />;
}
