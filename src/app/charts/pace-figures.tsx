import { changeInWords } from '../../store/state.ts';
import { formatNumber } from '../look/format.ts';
import { usePlayground } from '../playground-context.ts';
import { type ChartOptions, LineFigure } from './line-figure.tsx';
import type { Line } from './rows.ts';
import { formatX, xTitles } from './x-axis.ts';

const ink = 'var(--ink)';
const soft = 'var(--line-strong)';

const paceLines: readonly Line[] = [
  { id: 'test', label: 'test images', phase: 'test', column: 'imagesPerSecond', colour: soft, width: 1.5, dots: true },
  { id: 'train', label: 'training images', phase: 'train', column: 'imagesPerSecond', colour: ink, width: 1.5 },
];
const rateLines: readonly Line[] = [
  { id: 'rate', label: 'learning rate', phase: 'train', column: 'learningRate', colour: ink, width: 1.5 },
];

/** Images trained on, and measured, per second. */
export function PaceFigure({ options }: { readonly options: ChartOptions }) {
  return <LineFigure title="Images per second" lines={paceLines} options={options} format={formatNumber} />;
}

/** The schedule as it was followed, with every change of the live run. */
export function RateFigure({ options }: { readonly options: ChartOptions }) {
  const { marks } = usePlayground((state) => state.history);
  // Marks are added in place together with a new version.
  usePlayground((state) => state.historyVersion);
  // The schedule is exact: an average of it would be wrong.
  return (
    <LineFigure title="Learning rate" lines={rateLines} options={{ ...options, smoothing: 0 }} format={formatNumber}>
      {marks.length === 0 ? (
        <p className="figure-note">Changes of the live run are marked by dotted lines in all charts and listed here.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="figure-note marks" aria-label="Changes of the live run" tabIndex={0}>
          <ul>
            {marks.toReversed().map((mark) => (
              <li key={mark.step}>
                {xTitles[options.xAxis]} {formatX(options.xAxis, mark[options.xAxis])}:{' '}
                {changeInWords(mark.before, mark.after)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </LineFigure>
  );
}
