import { AbsenceNote } from '../faults/absence-note.tsx';
import { StorageNote } from '../faults/storage-note.tsx';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { useRuns } from '../runs/use-runs.ts';
import { QueueOffer } from './queue-offer.tsx';
import './unfinished-runs.css';

/** What is said of keeping runs, and the runs of earlier visits that can go on. Offered until the live run has begun. */
export function UnfinishedRuns() {
  const runs = usePlayground((state) => state.runs);
  const { names } = useRuns();
  const live = usePlayground((state) => state.run?.id);
  const begun = usePlayground((state) => (state.progress?.step ?? 0) > 0);
  const opening = usePlayground((state) => state.opening);
  const deleted = usePlayground((state) => state.deletedRuns.length > 0);
  const { resumeRun, deleteRun, undoDelete } = useActions();
  const queue = usePlayground((state) => state.queue.entries);
  const queued = new Set(queue.flatMap(({ state }) => (state.kind === 'interrupted' ? [state.run] : [])));
  const waiting = runs.filter(
    ({ id, summary }) => id !== live && !queued.has(id) && summary.state !== 'finished' && summary.step > 0,
  );
  const offered = !begun && (waiting.length > 0 || deleted);
  return (
    <div aria-live="polite">
      <StorageNote />
      <AbsenceNote />
      <ProblemNote place="runs" />
      <QueueOffer />
      {offered && (
        <Note kind="plain">
          <p>{waiting.length === 1 ? 'A run of yours can go on:' : `${waiting.length} runs of yours can go on:`}</p>
          <ul className="unfinished-runs" aria-label="Unfinished runs">
            {waiting.map((run) => {
              const { step, totalSteps, state } = run.summary;
              const name = names.get(run.id) ?? run.id;
              return (
                <li key={run.id} className="row">
                  <span>
                    {name}, step {step} of {totalSteps}
                    {state === 'diverged' ? ', diverged' : ''}, {new Date(run.created).toLocaleString()}
                  </span>
                  <Tip content="Makes this run the live one, at its last checkpoint">
                    <button
                      type="button"
                      className="button button-small"
                      disabled={opening}
                      onClick={() => void resumeRun(run.id)}
                    >
                      Resume
                    </button>
                  </Tip>
                  <Tip content="Takes the run from the list; it can be brought back in this visit">
                    <button type="button" className="button button-small" onClick={() => deleteRun(run.id)}>
                      Delete
                    </button>
                  </Tip>
                </li>
              );
            })}
          </ul>
          {deleted && (
            <button type="button" className="button button-small" onClick={undoDelete}>
              Bring back the deleted run
            </button>
          )}
        </Note>
      )}
    </div>
  );
}
