import { useMemo } from 'react';
import { formatPercent } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { usePlayground } from '../playground-context.ts';
import { LineFigure } from './line-figure.tsx';
import { drawnInWords, moduleLines } from './module-lines.ts';
import { Segmented } from './segmented.tsx';
import { useShownRuns } from './shown-runs.tsx';
import { useChartModules } from './use-chart-modules.ts';

const sources = [
  ['probe', 'probe'],
  ['independent', 'independent'],
  ['cascade', 'cascade'],
] as const;

const useSource = kept<(typeof sources)[number][0]>('probe');

/** More training lines than this would cover the test's, once there are any. */
const mostThin = 8;

/** How well each module's output tells the classes: on the test part, and thin on the training batches. */
export function AccuracyFigure() {
  const modules = useChartModules();
  const [source, setSource] = useSource();
  const runs = useShownRuns();
  const tested = usePlayground(
    (state) => state.historyVersion >= 0 && runs.some(({ history }) => history.test.length > 0),
  );
  const hasThin = !tested || modules.length <= mostThin;
  const lines = useMemo(() => {
    const column = `${source}.accuracy` as const;
    const thin = hasThin ? moduleLines(modules, 'train', column, { width: 1 }) : [];
    return [...thin, ...moduleLines(modules, 'test', column, { width: 2, dots: true })];
  }, [modules, source, hasThin]);
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
          ? 'Linear probes: the same meaning under every method.'
          : 'The method\u2019s own classifiers; a contrastive head has none.'}{' '}
        {hasThin ? 'Thick: test part. Thin: training batches.' : 'On the test part.'} {drawnInWords(modules)}
      </p>
    </LineFigure>
  );
}
