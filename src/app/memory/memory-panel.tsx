import { lazy, Suspense } from 'react';
import { provenanceNow } from '../../runs/run-record.ts';
import { formatBytes, formatCount, formatTimes } from '../look/format.ts';
import { Panel } from '../parts/panel.tsx';
import { usePlayground } from '../playground-context.ts';
import { MemoryNote } from './memory-note.tsx';
import { measuredInWords } from './memory-words.ts';
import { Scale } from './scale.tsx';
import './memory.css';

const MemoryFigure = lazy(() => import('./memory-figure.tsx'));
const SawtoothFigure = lazy(() => import('./sawtooth-figure.tsx'));

/** What a training step costs in memory and arithmetic, beside back-propagation on the same network and batch. */
export function MemoryPanel() {
  const preview = usePlayground((state) => state.preview);
  // Before the first step the executor holds little more than the weights.
  const measured = usePlayground(({ progress }) =>
    progress !== undefined && progress.step > 0 ? progress.peakBytes : undefined,
  );
  const why = usePlayground(({ run }) => run && measuredInWords(provenanceNow(run.record).executor));
  const planning = usePlayground((state) => state.previewOf !== state.experiment);
  return (
    <Panel
      label="Memory"
      className="memory"
      tools={<span className="soft">{planning ? 'planning' : 'of the experiment in the controls'}</span>}
    >
      <div className="stack">
        <Scale
          title="Memory of a step, planned"
          rows={[
            { name: 'this method', value: preview?.peakBytes },
            { name: 'back-propagation', value: preview?.bpPeakBytes },
          ]}
          format={formatBytes}
        />
        <dl className="facts">
          <div>
            <dt>Measured peak on the executor, probes included</dt>
            <dd>{formatBytes(measured)}</dd>
          </div>
          <div>
            <dt>Planned, kept between steps</dt>
            <dd>{formatBytes(preview?.persistentBytes)}</dd>
          </div>
        </dl>
        {measured !== undefined && why !== undefined && <p className="soft">{why}</p>}
        <Scale
          title="Multiply-adds of a step"
          rows={[
            { name: 'this method', value: preview?.multiplyAdds },
            { name: 'back-propagation', value: preview?.bpMultiplyAdds },
          ]}
          format={formatCount}
        />
        {preview && (
          <p className="soft">
            {formatTimes(preview.peakBytes / preview.bpPeakBytes)} the memory and{' '}
            {formatTimes(preview.multiplyAdds / preview.bpMultiplyAdds)} the arithmetic of back-propagation.
          </p>
        )}
        <MemoryNote />
        <Suspense fallback={<p className="soft memory-wait">Loading chart</p>}>
          <SawtoothFigure />
          <MemoryFigure />
        </Suspense>
      </div>
    </Panel>
  );
}
