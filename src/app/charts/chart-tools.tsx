import { useId } from 'react';
import type { XAxis } from '../../store/chart-view.ts';
import { Tip } from '../parts/tip.tsx';
import { formatX, xTitles } from './format-x.ts';
import { SaveAll } from './save/save-all.tsx';
import { Segmented } from './segmented.tsx';
import { wholeAxis } from './series/drawing.ts';
import { useShownRuns } from './shown-runs.tsx';
import { chartViewActions, useChartView } from './use-chart-view.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

const axes = [
  ['step', 'step'],
  ['epoch', 'epoch'],
  ['seconds', 'time'],
] as const satisfies readonly (readonly [XAxis, string])[];

/** The slider's stops: weights of the past, ever closer to 1. */
const weights = [0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999];

/** What all charts share: the horizontal axis, the part in sight, smoothing, and saving everything. */
export default function ChartTools() {
  const { chooseXAxis, setLogX, setSmooth } = chartViewActions;
  const xAxis = useChartView((view) => view.xAxis);
  const logX = useChartView((view) => view.logX);
  const smooth = useChartView((view) => view.smooth);
  return (
    <div className="row chart-tools">
      <span className="soft">over</span>
      <Segmented label="Horizontal axis" value={xAxis} choices={axes} onChange={chooseXAxis} />
      <Tip content="Logarithmic horizontal axis, in all charts">
        <button
          type="button"
          className="button button-small"
          aria-pressed={logX}
          aria-label="Logarithmic horizontal axis"
          onClick={() => setLogX(!logX)}
        >
          log
        </button>
      </Tip>
      <Tip content="Moving average of training lines; as measured they stay pale behind. Test values are never smoothed">
        <button type="button" className="button button-small" aria-pressed={smooth} onClick={() => setSmooth(!smooth)}>
          smooth
        </button>
      </Tip>
      <SmoothingSlider />
      <SharedZoom />
      <SaveAll />
    </div>
  );
}

function SmoothingSlider() {
  const smoothing = useChartView((view) => view.smoothing);
  const smooth = useChartView((view) => view.smooth);
  const id = useId();
  const stop = weights.findLastIndex((weight) => weight <= smoothing);
  return (
    <span className="row smoothing">
      <label htmlFor={id} className="visually-hidden">
        Smoothing
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={weights.length - 1}
        step={1}
        value={stop}
        disabled={!smooth && smoothing > 0}
        aria-valuetext={smooth ? `${smoothing} of the past` : 'off'}
        onChange={(event) => chartViewActions.setSmoothing(weights[Number(event.target.value)] ?? 0)}
      />
      <span className="smoothing-value">{smooth ? smoothing : 'off'}</span>
    </span>
  );
}

function SharedZoom() {
  const runs = useShownRuns();
  const xAxis = useChartView((view) => view.xAxis);
  const logX = useChartView((view) => view.logX);
  const zoom = useChartView((view) => view.zoom);
  const shown =
    zoom === undefined ? 'all' : `${xTitles[xAxis]} ${formatX(xAxis, zoom.low)} to ${formatX(xAxis, zoom.high)}`;
  return (
    <>
      <ZoomButtons
        what=""
        all="Show all of the run"
        wholeNow={() => wholeAxis(runs, xAxis, logX)}
        zoom={zoom}
        onZoom={chartViewActions.zoomTo}
      />
      <span className="visually-hidden" role="status">
        Charts show {shown}
      </span>
    </>
  );
}
