import { useMemo, useState } from 'react';
import { formatPercent } from '../look/format.ts';
import { LineFigure } from './line-figure.tsx';
import { drawnInWords, moduleLines } from './module-lines.ts';
import { Segmented } from './segmented.tsx';
import { useChartModules } from './use-chart-modules.ts';

const sources = [
  ['probe', 'probe'],
  ['independent', 'independent'],
  ['cascade', 'cascade'],
] as const;

/** More training lines than this would cover the test's. */
const mostThin = 8;

/** How well each module's output tells the classes: on the test part, and thin on the training batches. */
export function AccuracyFigure() {
  const modules = useChartModules();
  const [source, setSource] = useState<(typeof sources)[number][0]>('probe');
  const lines = useMemo(() => {
    const column = `${source}.accuracy` as const;
    const thin = modules.length <= mostThin ? moduleLines(modules, 'train', column, { width: 1 }) : [];
    return [...thin, ...moduleLines(modules, 'test', column, { width: 2, dots: true })];
  }, [modules, source]);
  return (
    <LineFigure
      title="Accuracy by module"
      quantity="accuracy (%)"
      lines={lines}
      format={formatPercent}
      measure="share"
      better="higher"
    >
      <div className="row figure-note">
        <span>Classifier</span>
        <Segmented label="Classifier" value={source} choices={sources} onChange={setSource} />
      </div>
      <p className="figure-note">
        {source === 'probe'
          ? 'Linear probes: the same meaning under every method. Thick: test part. Thin: training batches.'
          : 'The method\u2019s own classifiers; a contrastive head has none. Thick: test part. Thin: training batches.'}{' '}
        {drawnInWords(modules)}
      </p>
    </LineFigure>
  );
}
