import { useMemo, useState } from 'react';
import { formatNumber } from '../look/format.ts';
import { type ChartOptions, LineFigure } from './line-figure.tsx';
import { drawnInWords, moduleLines } from './module-lines.ts';
import { useChartModules } from './use-chart-modules.ts';

/** Losses that train the modules, on the training batches: independent solid, cascade dashed, reconstruction dotted. */
export function LossFigure({ options }: { readonly options: ChartOptions }) {
  const modules = useChartModules();
  const [reconstruction, setReconstruction] = useState(false);
  const lines = useMemo(
    () => [
      ...(reconstruction
        ? moduleLines(modules, 'train', 'reconstruction', { width: 1.5, dash: '1 3' }, ' reconstruction')
        : []),
      ...moduleLines(modules, 'train', 'cascade.loss', { width: 1.5, dash: '6 3' }, ' cascade'),
      ...moduleLines(modules, 'train', 'independent.loss', { width: 1.5 }),
    ],
    [modules, reconstruction],
  );
  return (
    <LineFigure
      title="Loss by module"
      lines={lines}
      options={options}
      format={formatNumber}
      tools={
        <button
          type="button"
          className="button button-small"
          aria-pressed={reconstruction}
          onClick={() => setReconstruction(!reconstruction)}
        >
          reconstruction
        </button>
      }
    >
      <p className="figure-note">
        Training batches, not weighted. Solid: independent, or the only local loss. Dashed: cascade.{' '}
        {drawnInWords(modules)}
      </p>
    </LineFigure>
  );
}
