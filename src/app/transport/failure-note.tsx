import { CopyReport } from '../manners/copy-report.tsx';
import { Note } from '../parts/note.tsx';
import { Remedies } from '../parts/remedies.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** The run stopped by itself: why, and the ways on. */
export function FailureNote() {
  const failure = usePlayground((state) => state.problems.failure);
  const run = usePlayground((state) => state.runs.find(({ id }) => id === state.run?.id));
  const opening = usePlayground((state) => state.opening);
  const { reset, reopen, dismiss, resumeRun } = useActions();
  if (failure === undefined) return null;
  // Without its device or worker the run can only be opened again.
  const lost = failure.fault === 'device-lost' || failure.fault === 'worker-lost';
  const text = failure.where === undefined ? failure.message : `${failure.message} (${failure.where})`;
  return (
    <Note kind="bad" onDismiss={() => dismiss('failure')}>
      <p>{text}</p>
      {opening && <p>The run is being brought back to its last checkpoint.</p>}
      <Remedies problem={failure} />
      <div className="row">
        {run !== undefined && run.summary.step > 0 && (
          <button
            type="button"
            className="button button-small"
            disabled={opening}
            onClick={() => void resumeRun(run.id)}
          >
            Go back to the last checkpoint
          </button>
        )}
        {!lost && (
          <button type="button" className="button button-small" onClick={reset}>
            Reset the run
          </button>
        )}
        <button type="button" className="button button-small" onClick={reopen}>
          Reopen
        </button>
        <CopyReport problem={failure} />
      </div>
    </Note>
  );
}
