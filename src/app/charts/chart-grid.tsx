import { AccuracyFigure } from './accuracy-figure.tsx';
import { FinalAccuracyFigure, FinalLossFigure } from './final-figures.tsx';
import type { ChartOptions } from './line-figure.tsx';
import { LossFigure } from './loss-figure.tsx';
import { PaceFigure, RateFigure } from './pace-figures.tsx';

/** All charts of the run. Loaded after the page: the drawing library is larger than all else. */
export default function ChartGrid({ options }: { readonly options: ChartOptions }) {
  return (
    <div className="chart-grid">
      <AccuracyFigure options={options} />
      <LossFigure options={options} />
      <FinalAccuracyFigure options={options} />
      <FinalLossFigure options={options} />
      <PaceFigure options={options} />
      <RateFigure options={options} />
    </div>
  );
}
