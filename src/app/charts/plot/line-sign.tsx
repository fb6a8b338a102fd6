import type { Line } from '../series/line.ts';

/** A short piece of a line, as it looks in the plot. */
export function LineSign({ line }: { readonly line: Line }) {
  return (
    <svg aria-hidden="true" width="16" height="8" className="legend-line">
      <line
        x1="0"
        y1="4"
        x2="16"
        y2="4"
        stroke={line.colour}
        strokeOpacity={line.run.shade}
        strokeWidth={line.width + 0.5}
        strokeDasharray={line.dash ?? line.run.dash}
      />
      {line.dots && <circle cx="8" cy="4" r="3" fill={line.colour} fillOpacity={line.run.shade} />}
    </svg>
  );
}
