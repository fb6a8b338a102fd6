import type { Problem } from '../../base/result.ts';
import { formatNumber, formatWhole } from '../look/format.ts';
import { CopyReport } from '../manners/copy-report.tsx';
import { Remedies } from '../parts/remedies.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { FaultNote } from './fault-note.tsx';
import { changeTo, keptInWords, lowerRate, titleOfFault } from './fault-words.ts';

/** The run stopped by itself: why, what is kept, and the ways on. */
export function FailureNote() {
  const failure = usePlayground((state) => state.problems.failure);
  const step = usePlayground((state) => state.progress?.step ?? 0);
  const keptStep = usePlayground((state) => state.progress?.keptStep);
  const opening = usePlayground((state) => state.opening);
  const { dismiss } = useActions();
  if (failure === undefined) return null;
  return (
    <FaultNote
      title={titleOfFault(failure.fault)}
      message={messageOf(failure)}
      kept={keptInWords(step, keptStep, failure.fault)}
      onDismiss={() => dismiss('failure')}
    >
      {opening ? (
        <p>The run is being brought back to its last checkpoint.</p>
      ) : (
        <WaysOn failure={failure} begun={step > 0} />
      )}
    </FaultNote>
  );
}

/** The message, with its place where it does not name it; of a device or worker that is gone there is none. */
function messageOf({ message, where, fault }: Problem): string {
  const lost = fault === 'device-lost' || fault === 'worker-lost';
  return where === undefined || lost || message.includes(where) ? message : `${message} (${where})`;
}

/** What to do next, the best first. */
function WaysOn({ failure, begun }: { readonly failure: Problem; readonly begun: boolean }) {
  const run = usePlayground((state) => state.run);
  const keptStep = usePlayground((state) => state.progress?.keptStep) ?? 0;
  const { reset, reopen, resumeRun, goOn, goBackWith } = useActions();
  // Without its device or worker the run can only be opened again.
  const lost = failure.fault === 'device-lost' || failure.fault === 'worker-lost';
  const at = `step ${formatWhole(keptStep)}`;
  return (
    <>
      {run !== undefined && (
        <Remedies
          problem={failure}
          onTry={begun ? (experiment) => goBackWith(changeTo(run.experiment, experiment)) : undefined}
        />
      )}
      <div className="row">
        {run !== undefined && begun && (
          <Tip content={lost ? 'Trains on from the last checkpoint' : 'The last checkpoint, paused, with its settings'}>
            <button
              type="button"
              className="button button-solid button-small"
              onClick={() => (lost ? goOn() : void resumeRun(run.id))}
            >
              {lost ? `Go on from ${at}` : `Go back to ${at}`}
            </button>
          </Tip>
        )}
        {failure.fault === 'diverged' && begun && <LowerRate at={at} />}
        {failure.fault === 'device-lost' && begun && (
          <Tip content="Trains on through WebAssembly: slower, and its numbers differ in the last digits">
            <button type="button" className="button button-small" onClick={() => goOn('tfjs-wasm')}>
              Go on with the processor
            </button>
          </Tip>
        )}
        {!lost && (
          <Tip content="Step 0 with the initial weights of the seed, as a new run; this one stays stored">
            <button type="button" className="button button-small" onClick={reset}>
              Reset the run
            </button>
          </Tip>
        )}
        {!begun && (
          <button type="button" className="button button-solid button-small" onClick={reopen}>
            Open it again
          </button>
        )}
        <CopyReport problem={failure} />
      </div>
    </>
  );
}

/** Back to where the numbers were good, and on from there more slowly. */
function LowerRate({ at }: { readonly at: string }) {
  const record = usePlayground((state) => state.runs.find(({ id }) => id === state.run?.id));
  const keptStep = usePlayground((state) => state.progress?.keptStep);
  const limits = usePlayground((state) => state.limits);
  const { goBackWith } = useActions();
  const rate = record && lowerRate(record, keptStep);
  if (rate === undefined || 'learningRate' in limits.locked) return null;
  return (
    <Tip content={`The checkpoint of ${at}, and from there a tenth of the learning rate`}>
      <button type="button" className="button button-small" onClick={() => goBackWith({ learningRate: rate })}>
        Go back with learning rate {formatNumber(rate)}
      </button>
    </Tip>
  );
}
