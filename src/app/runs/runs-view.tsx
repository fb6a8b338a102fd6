import { ChartPanel } from '../charts/chart-panel.tsx';
import { InTurn } from '../parts/in-turn.tsx';
import { BatchPanel } from '../sweep/batch-panel.tsx';
import { QueuePanel } from '../sweep/queue-panel.tsx';
import { ResultsPanel } from '../sweep/results-panel.tsx';
import { SweepPanel } from '../sweep/sweep-panel.tsx';
import { BesidePanel } from './beside-panel.tsx';
import { RunsPanel } from './runs-panel.tsx';

/** All runs side by side: table, charts, sweeps and what they come to. */
export default function RunsView() {
  return (
    <InTurn>
      <BesidePanel />
      <RunsPanel />
      <div className="middle runs-left">
        <SweepPanel />
        <QueuePanel />
        <BatchPanel />
      </div>
      <div className="middle runs-right">
        <ResultsPanel />
        <ChartPanel />
      </div>
    </InTurn>
  );
}
