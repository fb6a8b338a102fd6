import { Pause, Play, RotateCcw, SkipForward, StepForward } from 'lucide-react';
import { statusOf } from '../../store/state.ts';
import { FailureNote } from '../faults/failure-note.tsx';
import { RunAnnouncer } from '../manners/run-announcer.tsx';
import { useFavicon } from '../manners/use-favicon.ts';
import { useWakeLock } from '../manners/use-wake-lock.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { LongRunNote } from './long-run-note.tsx';
import { Position } from './position.tsx';
import { ReplayNote } from './replay-note.tsx';
import { TransportButton } from './transport-button.tsx';
import { UnfinishedRuns } from './unfinished-runs.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import './transport.css';

/** Play, pause, step, epoch, reset; where the run stands and how long it takes. */
export function Transport() {
  const status = usePlayground(statusOf);
  const { playOrPause, stepOnce, playEpoch, reset } = useActions();
  useDocumentTitle();
  useFavicon();
  useWakeLock();
  const going = status === 'running' || status === 'evaluating';
  // More epochs can be given to a run that has finished.
  const atEnd = usePlayground(({ progress }) => progress !== undefined && progress.step >= progress.totalSteps);
  const ready = going || status === 'paused' || status === 'finished';
  return (
    <div className="transport-bar">
      <section className="transport" aria-label="Transport">
        <div className="row transport-buttons">
          <TransportButton
            solid
            name={going ? 'Pause' : 'Play'}
            icon={going ? Pause : Play}
            keyName="Space"
            help={going ? 'Holds at the next breath, within a step.' : 'Trains until the last epoch.'}
            disabled={!ready || atEnd}
            onClick={playOrPause}
          />
          <TransportButton
            name="One step"
            icon={StepForward}
            keyName="."
            help="Trains on one batch."
            disabled={!ready || atEnd}
            onClick={stepOnce}
          />
          <TransportButton
            name="To next epoch"
            icon={SkipForward}
            keyName="E"
            help="Trains until the epoch ends."
            disabled={!ready || atEnd}
            onClick={playEpoch}
          />
          <TransportButton
            name="Reset"
            icon={RotateCcw}
            keyName="R"
            help="Back to step 0 with the initial weights of the seed. What was trained stays in the list of runs."
            disabled={!ready && status !== 'failed'}
            onClick={reset}
          />
        </div>
        <Position />
      </section>
      <RunAnnouncer />
      <div className="transport-notes">
        <FailureNote />
        <UnfinishedRuns />
        <ReplayNote />
        <ProblemNote place="transport" reportable />
        <LongRunNote />
      </div>
    </div>
  );
}
