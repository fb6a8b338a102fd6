import { lazy, Suspense } from 'react';
import { Panel } from '../parts/panel.tsx';
import { ShownRuns } from './shown-runs.tsx';
import './charts.css';

const ChartGrid = lazy(() => import('./chart-grid.tsx'));
const ChartTools = lazy(() => import('./chart-tools.tsx'));

/** Charts of the run with the settings they share. */
export function ChartPanel() {
  return (
    <ShownRuns>
      <Panel
        label="Charts"
        className="charts"
        tools={
          <Suspense fallback={null}>
            <ChartTools />
          </Suspense>
        }
      >
        <Suspense fallback={<p className="soft charts-wait">Loading charts</p>}>
          <ChartGrid />
        </Suspense>
      </Panel>
    </ShownRuns>
  );
}
