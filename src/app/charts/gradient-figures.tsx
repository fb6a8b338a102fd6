import { useMemo } from 'react';
import { formatBytes, formatNumber, formatWhole } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { LineFigure } from './line-figure.tsx';
import { drawnInWords, moduleLines } from './module-lines.ts';
import { Segmented } from './segmented.tsx';
import { useShownRuns } from './shown-runs.tsx';
import { useChartModules } from './use-chart-modules.ts';

const sizes = [
  ['32', '32'],
  ['128', '128'],
  ['512', '512'],
] as const;

const useImages = kept<(typeof sizes)[number][0]>('128');

/** Length of each module's gradient, with the button that measures it. */
export function GradientNormFigure() {
  const modules = useChartModules();
  const several = useShownRuns().length > 1;
  const lines = useMemo(
    () => [
      ...(several
        ? []
        : moduleLines(modules, 'gradients', 'gradient.bpNorm', { width: 1.5, dash: '2 3', dots: true }, ' under BP')),
      ...moduleLines(modules, 'gradients', 'gradient.norm', { width: 2, dots: true }),
    ],
    [modules, several],
  );
  return (
    <LineFigure title="Gradient norm by module" quantity="gradient norm" lines={lines} format={formatNumber}>
      <MeasureGradients />
      <p className="figure-note">
        Gradient of a module&rsquo;s backbone parameters, losses weighted, weight decay left out.{' '}
        {!several && 'Dotted: what back-propagation would give it. '}
        {drawnInWords(modules)}
      </p>
    </LineFigure>
  );
}

/** How far each module's gradient points where back-propagation's does. */
export function GradientCosineFigure() {
  const modules = useChartModules();
  const lines = useMemo(
    () => moduleLines(modules, 'gradients', 'gradient.cosine', { width: 2, dots: true }),
    [modules],
  );
  return (
    <LineFigure
      title="Cosine with back-propagation's gradient"
      quantity="cosine"
      lines={lines}
      format={formatNumber}
      measure="cosine"
    >
      <p className="figure-note">
        1: the same direction. 0: nothing in common. Same weights, same images. {drawnInWords(modules)}
      </p>
    </LineFigure>
  );
}

/** Asks first what it takes, then measures. */
function MeasureGradients() {
  const cost = usePlayground((state) => state.gradientCost);
  const measuring = usePlayground((state) => state.measuringGradients);
  const ready = usePlayground((state) => state.run !== undefined && !state.opening);
  const { askGradientCost, measureGradients, forgetGradientCost } = useActions();
  const [images, setImages] = useImages();
  return (
    <>
      <div className="row figure-note">
        <span>On</span>
        <Segmented
          label="Images to measure gradients on"
          value={images}
          choices={sizes}
          onChange={(value) => {
            setImages(value);
            forgetGradientCost();
          }}
        />
        <span>images</span>
        {cost === undefined ? (
          <button
            type="button"
            className="button button-small"
            disabled={!ready || measuring}
            title="Two steps on copies of the weights, this method's and back-propagation's. The run waits, and its numbers stay what they are"
            onClick={() => void askGradientCost(Number(images))}
          >
            {measuring ? 'Measuring' : 'Measure gradients'}
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button button-small button-solid"
              onClick={() => void measureGradients(cost.images)}
            >
              Measure, {formatBytes(cost.bytes)}
            </button>
            <button type="button" className="button button-small" onClick={forgetGradientCost}>
              Cancel
            </button>
          </>
        )}
      </div>
      {cost !== undefined && (
        <p className="figure-note" role="status">
          Takes {formatBytes(cost.bytes)} beside the run on {formatWhole(cost.images)} images, given back at once.
        </p>
      )}
      <ProblemNote place="gradients" />
    </>
  );
}
