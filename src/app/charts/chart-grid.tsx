import { AccuracyFigure } from './accuracy-figure.tsx';
import { FinalAccuracyFigure, FinalLossFigure } from './final-figures.tsx';
import { GradientCosineFigure, GradientNormFigure } from './gradient-figures.tsx';
import { LossFigure } from './loss-figure.tsx';
import { PaceFigure, RateFigure } from './pace-figures.tsx';

/** All charts of the run. Loaded after the page: the drawing library is larger than all else. */
export default function ChartGrid() {
  return (
    <div className="chart-grid">
      <AccuracyFigure />
      <LossFigure />
      <FinalAccuracyFigure />
      <FinalLossFigure />
      <PaceFigure />
      <RateFigure />
      <GradientNormFigure />
      <GradientCosineFigure />
    </div>
  );
}
