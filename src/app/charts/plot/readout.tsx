import { Fragment } from 'react';
import { byRun, type Line, ofSeveralRuns, shortLabel } from '../series/line.ts';
import type { Reading } from '../series/readings.ts';
import { LineSign } from './line-sign.tsx';
import type { PlotMark } from './plot-overlay.tsx';

const mostShown = 16;

/** What a chart says at the cursor: the place, the lines' values, and what was changed there. */
export function Readout({
  place,
  readings,
  lines,
  marks,
  format,
}: {
  readonly place: string;
  readonly readings: readonly Reading[];
  readonly lines: readonly Line[];
  readonly marks: readonly PlotMark[];
  format(value: number): string;
}) {
  const several = ofSeveralRuns(lines);
  return (
    <>
      <span className="tooltip-title">{place}</span>
      {byRun(readings.slice(0, mostShown)).map(({ run, own }) => (
        <Fragment key={run.id}>
          {several && <span className="plot-reading-run">{run.name}</span>}
          {own.map(({ line, value }) => (
            <span key={line.id} className="plot-reading">
              <LineSign line={line} />
              <span>{shortLabel(line, lines)}</span>
              <strong>{format(value)}</strong>
            </span>
          ))}
        </Fragment>
      ))}
      {readings.length > mostShown && (
        <span className="soft">and {readings.length - mostShown} more: see the table</span>
      )}
      {marks.map((mark) => (
        <span key={mark.words} className="plot-change">
          {mark.words}
        </span>
      ))}
    </>
  );
}
