import { isToCome } from '../../store/sweep/queue.ts';
import { Note } from '../parts/note.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** Asks whether the queue of an earlier visit is to go on. */
export function QueueOffer() {
  const { entries, mode } = usePlayground((state) => state.queue);
  const runs = usePlayground((state) => state.runs);
  const { startQueue, postponeQueue, cancelQueue } = useActions();
  if (mode !== 'offered') return null;
  const toCome = entries.filter(isToCome);
  const underWay = toCome.find(({ state }) => state.kind === 'interrupted');
  const waiting = toCome.filter(({ state }) => state.kind === 'waiting').length;
  const run = underWay?.state.kind === 'interrupted' ? underWay.state.run : undefined;
  const summary = runs.find(({ id }) => id === run)?.summary;
  return (
    <Note kind="plain">
      <section aria-label="Queue of your last visit">
        <p>
          The queue of your last visit can go on:{' '}
          {[
            ...(underWay === undefined
              ? []
              : [
                  `${underWay.title}${summary === undefined ? '' : `, resumed at its last checkpoint (step ${summary.step} of ${summary.totalSteps})`}`,
                ]),
            ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'run' : 'runs'} not begun`] : []),
          ].join('; ')}
          .
        </p>
        <div className="row">
          <Tip content="Trains them one after another, the one that was under way first">
            <button type="button" className="button button-small button-solid" onClick={startQueue}>
              Go on with the queue
            </button>
          </Tip>
          <Tip content="They stay in the queue under Runs">
            <button type="button" className="button button-small" onClick={postponeQueue}>
              Not now
            </button>
          </Tip>
          <Tip content="Takes them out of the queue; what was trained stays among the runs">
            <button type="button" className="button button-small" onClick={cancelQueue}>
              Drop the queue
            </button>
          </Tip>
        </div>
      </section>
    </Note>
  );
}
