import { plainExport } from '../../runs/export-formats.ts';
import { formatWhole } from '../look/format.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { FaultNote } from './fault-note.tsx';
import { titleOfFault } from './fault-words.ts';

/** The run cannot be stored: it trains on, and there are ways to keep it. */
export function StorageNote() {
  const problem = usePlayground((state) => state.problems.storage);
  const keptStep = usePlayground((state) => state.progress?.keptStep);
  const exporting = usePlayground((state) => state.exporting !== undefined);
  const { dismiss, keep, showView, export: exportRun } = useActions();
  if (problem?.fault !== 'storage-full') return <ProblemNote place="storage" />;
  const stored = keptStep === undefined ? 'nothing of this run' : `this run up to step ${formatWhole(keptStep)}`;
  return (
    <FaultNote
      title={titleOfFault(problem.fault)}
      message={problem.message}
      kept={`Training goes on. Stored is ${stored}; what comes after it is in this tab only, until there is room.`}
      onDismiss={() => dismiss('storage')}
    >
      <div className="row">
        <Tip content="Makes a .hpff.zip of the run as it is after the step under way; Import opens it again">
          <button
            type="button"
            className="button button-solid button-small"
            disabled={exporting}
            onClick={() => exportRun('run', plainExport)}
          >
            Download the whole run
          </button>
        </Tip>
        <Tip content="Shows all stored runs; a deleted one makes room at once when the next checkpoint needs it">
          <button type="button" className="button button-small" onClick={() => showView('compare')}>
            Choose runs to delete
          </button>
        </Tip>
        <Tip content="Writes a checkpoint after the step under way">
          <button type="button" className="button button-small" onClick={keep}>
            Try again now
          </button>
        </Tip>
      </div>
    </FaultNote>
  );
}
