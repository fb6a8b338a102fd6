import { experimentNow } from '../../runs/run-record.ts';
import { Note } from '../parts/note.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** What can be done with the record of a run that was given as a file. */
export function GivenRecordNote() {
  const given = usePlayground((state) => state.givenRecord);
  const { replayRun, offer, openRunFiles, showView, dismissRecord } = useActions();
  if (given === undefined) return null;
  const { file, record } = given;
  const count = record.changes.length;
  const changed = count === 0 ? 'never changed' : count === 1 ? 'changed once' : `changed ${count} times`;
  const then = (act: () => void) => () => {
    dismissRecord();
    act();
  };
  const name = record.name ?? file.name;
  return (
    <Note kind="plain" onDismiss={dismissRecord}>
      <section aria-label="Record of a run">
        <p>
          {file.name} is the record of a run: {record.summary.step} steps, {changed} while it trained.
        </p>
        <div className="row">
          <Tip content="Trains its first experiment and makes its changes at their steps. It begins when the live run has finished, or at once where none trains">
            <button
              type="button"
              className="button button-small button-solid"
              onClick={then(() => replayRun(record, name))}
            >
              Replay it
            </button>
          </Tip>
          <Tip content="The experiment as it was at the end. Changes no run; start a new one with it there">
            <button
              type="button"
              className="button button-small"
              onClick={then(() => offer(experimentNow(record), `The experiment of ${file.name}`))}
            >
              Put its experiment into the controls
            </button>
          </Tip>
          <Tip content="Its results and costs stand in the table of runs">
            <button
              type="button"
              className="button button-small"
              onClick={then(() => {
                showView('compare');
                void openRunFiles([file]);
              })}
            >
              Show it under Runs
            </button>
          </Tip>
        </div>
      </section>
    </Note>
  );
}
