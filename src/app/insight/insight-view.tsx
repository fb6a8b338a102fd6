import { InTurn } from '../parts/in-turn.tsx';
import { BlockPanel } from './block-panel.tsx';
import { ExitPanel } from './exit-panel.tsx';
import { LookBar } from './look-bar.tsx';
import { OwnImagePanel } from './own-image-panel.tsx';
import { PredictionPanel } from './prediction-panel.tsx';
import { ReconstructionPanel } from './reconstruction-panel.tsx';
import './insight.css';

/** What every module makes of an image, and what the network gets wrong; looked at while it trains. */
export default function InsightView() {
  return (
    <div className="insight">
      <InTurn>
        <LookBar />
        {/* First: what is drawn on must not move when the panels before it show one image instead of four. */}
        <OwnImagePanel />
        <ExitPanel />
        <ReconstructionPanel />
        <PredictionPanel />
        <BlockPanel />
      </InTurn>
    </div>
  );
}
