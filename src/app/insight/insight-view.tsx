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
      <LookBar />
      <ReconstructionPanel />
      <ExitPanel />
      <OwnImagePanel />
      <PredictionPanel />
      <BlockPanel />
    </div>
  );
}
