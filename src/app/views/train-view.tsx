import { ChartPanel } from '../charts/chart-panel.tsx';
import { ControlPanel } from '../controls/control-panel.tsx';
import { DataPanel } from '../data/data-panel.tsx';
import { ExecutorPanel } from '../executor/executor-panel.tsx';
import { MemoryPanel } from '../memory/memory-panel.tsx';
import { InTurn } from '../parts/in-turn.tsx';
import { NetworkStrip } from '../strip/network-strip.tsx';

/** The network strip, and under it controls, charts, memory, executor and data. */
export function TrainView() {
  return (
    <InTurn>
      <NetworkStrip />
      <ControlPanel />
      <ChartPanel />
      <div className="side">
        <MemoryPanel />
        <ExecutorPanel />
      </div>
      <DataPanel />
    </InTurn>
  );
}
