import { Fragment } from 'react';
import type { Axis } from '../series/axis.ts';
import { byRun, type Line, longLabel, ofSeveralRuns, shortLabel } from '../series/line.ts';
import { nearestFirst, type Reading } from '../series/readings.ts';
import { LineSign } from './line-sign.tsx';
import type { PlotMark } from './plot-overlay.tsx';

/** More readings than this cover the chart: of more, those nearest to the pointer are shown. */
const mostShown = 8;

/** What a chart says at the cursor: the place, the lines' values, and what was changed there. */
export function Readout({
  place,
  readings,
  lines,
  marks,
  vertical,
  height,
  format,
}: {
  readonly place: string;
  readonly readings: readonly Reading[];
  readonly lines: readonly Line[];
  readonly marks: readonly PlotMark[];
  readonly vertical: Axis;
  /** Of the pointer in the plot, 0 to 1; undefined by keyboard. */
  readonly height: number | undefined;
  format(value: number): string;
}) {
  const left = readings.length - mostShown;
  return (
    <>
      <span className="tooltip-title">{place}</span>
      {left > 0 ? (
        nearestFirst(readings, vertical, height)
          .slice(0, mostShown)
          .map(({ line, value }) => (
            <ReadingRow key={line.id} line={line} name={longLabel(line, lines)} value={format(value)} />
          ))
      ) : (
        <ReadingsByRun readings={readings} lines={lines} format={format} />
      )}
      {left > 0 && <span className="soft">and {left} more, in the legend and the table</span>}
      {marks.map((mark) => (
        <span key={mark.words} className="plot-change">
          {mark.words}
        </span>
      ))}
    </>
  );
}

function ReadingsByRun({
  readings,
  lines,
  format,
}: {
  readonly readings: readonly Reading[];
  readonly lines: readonly Line[];
  format(value: number): string;
}) {
  const several = ofSeveralRuns(lines);
  return byRun(readings).map(({ run, own }) => (
    <Fragment key={run.id}>
      {several && <span className="plot-reading-run">{run.name}</span>}
      {own.map(({ line, value }) => (
        <ReadingRow key={line.id} line={line} name={shortLabel(line, lines)} value={format(value)} />
      ))}
    </Fragment>
  ));
}

function ReadingRow({ line, name, value }: { readonly line: Line; readonly name: string; readonly value: string }) {
  return (
    <span className="plot-reading">
      <LineSign line={line} />
      <span>{name}</span>
      <strong>{value}</strong>
    </span>
  );
}
