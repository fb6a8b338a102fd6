import type { Line } from '../series/line.ts';

/** A short piece of a line, as it looks in the plot. */
export function LineSign({ line }: { readonly line: Line }) {
  const dash = line.dash ?? line.run.dash;
  // A dash is told from others by all of it.
  const width = dash === undefined ? 16 : 30;
  return (
    <svg aria-hidden="true" width={width} height="8" className="legend-line">
      <line
        x1="0"
        y1="4"
        x2={width}
        y2="4"
        stroke={line.colour}
        strokeOpacity={line.run.shade}
        strokeWidth={line.width + 0.5}
        strokeDasharray={dash}
      />
      {line.dots && <circle cx={width / 2} cy="4" r="3" fill={line.colour} fillOpacity={line.run.shade} />}
    </svg>
  );
}
