import { fields } from '../../experiment/fields.ts';
import { waitingFields, waitsForNewRun } from '../../store/state.ts';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

import { MissingImages } from './missing-images.tsx';

/** What came of the last edit: what waits for a new run, what changed along, what started anew, what was refused. */
export function Words() {
  const alsoChanged = usePlayground((state) => state.alsoChanged);
  const startedAnew = usePlayground((state) => state.startedAnew);
  const notice = usePlayground((state) => state.notice);
  const { dismissWords } = useActions();
  return (
    <div className="words" aria-live="polite">
      <ProblemNote place="link" />
      <ProblemNote place="controls" />
      <MissingImages />
      <Waiting />
      {notice && (
        <Note kind="good" onDismiss={dismissWords}>
          <p>{notice}</p>
        </Note>
      )}
      {alsoChanged.length > 0 && (
        <Note kind="plain" onDismiss={dismissWords}>
          {alsoChanged.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Note>
      )}
      {startedAnew.length > 0 && (
        <Note kind="plain" onDismiss={dismissWords}>
          <details>
            <summary>
              Rebuilt. {startedAnew.length} {startedAnew.length === 1 ? 'tensor' : 'tensors'} started anew, the rest
              kept their weights.
            </summary>
            <p className="anew">{startedAnew.join(', ')}</p>
          </details>
        </Note>
      )}
    </div>
  );
}

function Waiting() {
  const waits = usePlayground(waitsForNewRun);
  const names = usePlayground(waitingFields);
  const held = usePlayground((state) => state.held);
  const first = usePlayground((state) => state.run === undefined);
  const preparing = usePlayground((state) => state.opening || (first && Object.keys(state.problems).length === 0));
  const { openNew, discardWaiting } = useActions();
  if (!waits || preparing) return null;
  const what = held
    ? 'This experiment waits; the run before goes on.'
    : `${names.map((name) => fields[name].title).join(', ')} can only change with a new run.`;
  return (
    <Note kind="warn">
      <p>{first ? 'There is no run yet.' : what}</p>
      <div className="row">
        <button type="button" className="button button-solid button-small" onClick={openNew}>
          Start a new run with this
        </button>
        {!first && (
          <button type="button" className="button button-small" onClick={discardWaiting}>
            Back to the running experiment
          </button>
        )}
      </div>
    </Note>
  );
}
