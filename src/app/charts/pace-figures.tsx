import { useMemo } from 'react';
import { formatNumber } from '../look/format.ts';
import { usePlayground } from '../playground-context.ts';
import { formatX, xTitles } from './format-x.ts';
import { LineFigure } from './line-figure.tsx';
import { type RunLineLook, runLines } from './run-lines.ts';
import { useShownRuns } from './shown-runs.tsx';
import { useChartView } from './use-chart-view.ts';
import { useMarks } from './use-marks.ts';

// Going forward alone is many times as fast: drawn beside it, training would lie on the floor.
const paceLooks: readonly RunLineLook[] = [
  { phase: 'test', label: 'test images', colour: 'soft', width: 1.5, tableOnly: true },
  { phase: 'train', label: 'training images', colour: 'strong', width: 1.5 },
];
// The schedule is exact: an average of it would be wrong.
const rateLooks: readonly RunLineLook[] = [
  { phase: 'train', label: 'learning rate', colour: 'strong', width: 1.5, exact: true },
];

/** Images trained on, and measured, per second. */
export function PaceFigure() {
  const runs = useShownRuns();
  const lines = useMemo(() => runLines(runs, 'imagesPerSecond', paceLooks), [runs]);
  return (
    <LineFigure
      title="Images per second"
      quantity="images per second"
      lines={lines}
      format={formatNumber}
      better="higher"
    >
      <p className="figure-note">Training. How fast test images are measured stands in the table and the files.</p>
    </LineFigure>
  );
}

/** The schedule as it was followed, with every change made to a run while it trained. */
export function RateFigure() {
  const runs = useShownRuns();
  const lines = useMemo(() => runLines(runs, 'learningRate', rateLooks), [runs]);
  const marks = useMarks(usePlayground((state) => (state.historyVersion >= 0 ? state.history.marks.length : 0)));
  const xAxis = useChartView((view) => view.xAxis);
  return (
    <LineFigure title="Learning rate" quantity="learning rate" lines={lines} format={formatNumber}>
      {marks.length === 0 ? (
        <p className="figure-note">
          Changes of a run while it trains are marked by dotted lines in all charts and listed here.
        </p>
      ) : (
        <section
          className="figure-note marks"
          aria-label={runs.length > 1 ? 'Changes of the runs shown' : 'Changes of the live run'}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <ul>
            {marks.toReversed().map((mark) => (
              <li key={`${mark.x} ${mark.words}`}>
                {xTitles[xAxis]} {formatX(xAxis, mark.x)}: {mark.words}
              </li>
            ))}
          </ul>
        </section>
      )}
    </LineFigure>
  );
}
