import { Download } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { historyCsv } from '../../runs/history-csv.ts';
import { download } from '../header/download.ts';
import { Panel } from '../parts/panel.tsx';
import { usePlayground } from '../playground-context.ts';
import type { XAxis } from './rows.ts';
import { Segmented } from './segmented.tsx';
import './charts.css';

const ChartGrid = lazy(() => import('./chart-grid.tsx'));

const axes = [
  ['step', 'step'],
  ['epoch', 'epoch'],
  ['seconds', 'time'],
] as const;

/** Charts of the run with the settings they share. */
export function ChartPanel() {
  const [xAxis, setXAxis] = useState<XAxis>('step');
  const [smooth, setSmooth] = useState(true);
  const history = usePlayground((state) => state.history);
  const empty = usePlayground((state) => state.historyVersion >= 0 && state.history.train.length === 0);
  const options = useMemo(() => ({ xAxis, smoothing: smooth ? 0.9 : 0 }), [xAxis, smooth]);
  return (
    <Panel
      label="Charts"
      className="charts"
      tools={
        <>
          <span className="soft">over</span>
          <Segmented label="Horizontal axis" value={xAxis} choices={axes} onChange={setXAxis} />
          <button
            type="button"
            className="button button-small"
            aria-pressed={smooth}
            title="Exponential moving average (0.9) of training lines, the raw ones pale behind"
            onClick={() => setSmooth(!smooth)}
          >
            smooth
          </button>
          <button
            type="button"
            className="button button-small"
            disabled={empty}
            title="All measurements of this run"
            onClick={() => download(new Blob([historyCsv(history)], { type: 'text/csv' }), 'measurements.csv')}
          >
            <Download aria-hidden /> CSV
          </button>
        </>
      }
    >
      <Suspense fallback={<p className="soft charts-wait">Loading charts</p>}>
        <ChartGrid options={options} />
      </Suspense>
    </Panel>
  );
}
