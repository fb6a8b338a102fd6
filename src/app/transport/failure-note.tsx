import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** The run stopped by itself: why, and the ways on. */
export function FailureNote() {
  const failure = usePlayground((state) => state.problems.failure);
  const { reset, reopen, dismiss } = useActions();
  if (failure === undefined) return null;
  const text = failure.where === undefined ? failure.message : `${failure.message} (${failure.where})`;
  return (
    <Note kind="bad" onDismiss={() => dismiss('failure')}>
      <p>{text}</p>
      <div className="row">
        <button type="button" className="button button-small" onClick={reset}>
          Reset the run
        </button>
        <button type="button" className="button button-small" onClick={reopen}>
          Reopen
        </button>
        <button type="button" className="button button-small" onClick={() => void navigator.clipboard?.writeText(text)}>
          Copy message
        </button>
      </div>
    </Note>
  );
}
