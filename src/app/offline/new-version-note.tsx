import { useEffect, useState } from 'react';
import { isGoing, statusOf } from '../../store/state.ts';
import { Note } from '../parts/note.tsx';
import { Tip } from '../parts/tip.tsx';
import { usePlayground } from '../playground-context.ts';
import { type TakeVersion, watchVersion } from './new-version.ts';

/** Says that a newer version of the page waits. It is taken on a later visit, or by a click while nothing trains. */
export function NewVersionNote() {
  const [take, setTake] = useState<TakeVersion>();
  const [refused, setRefused] = useState(false);
  const busy = usePlayground((state) => {
    const status = statusOf(state);
    return isGoing(status) || status === 'preparing' || state.queue.mode !== 'held';
  });
  useEffect(() => {
    // A page that cannot be kept for later works as any other page does.
    void watchVersion((found) => setTake(() => found)).catch((error: unknown) => console.warn(String(error)));
  }, []);
  return (
    <div className="files-note" aria-live="polite">
      {take && (
        <Note kind="plain">
          <div className="row">
            <span>
              A new version of the playground is ready. It is used once all tabs with this one are closed
              {busy ? '; nothing changes for what is under way.' : '.'}
            </span>
            {!busy && (
              <Tip content="Reloads the page. Runs are kept: the page then offers to go on">
                <button
                  type="button"
                  className="button button-small"
                  onClick={() => void take().then((taken) => setRefused(!taken))}
                >
                  Use it now
                </button>
              </Tip>
            )}
            {refused && <span>Another tab of the playground is open. Close it first.</span>}
          </div>
        </Note>
      )}
    </div>
  );
}
