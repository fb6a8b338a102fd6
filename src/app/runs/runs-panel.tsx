import { useMemo } from 'react';
import { groupingsOf } from '../../store/compare/run-groups.ts';
import { download } from '../header/download.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { OpenRunFiles } from './open-run-files.tsx';
import { tableCsv } from './run-files.ts';
import { RunTable } from './run-table.tsx';
import { useRuns } from './use-runs.ts';
import { Variants } from './variants.tsx';
import './runs.css';

/** The table of runs and what is done with all of them. */
export function RunsPanel() {
  const { runs, names, files } = useRuns();
  const { order, grouping: wanted } = usePlayground((state) => state.runsView);
  const groupings = useMemo(() => groupingsOf(runs, files), [runs, files]);
  // What no longer differs parts nothing.
  const grouping = groupings.some(({ key }) => key === wanted) ? wanted : 'none';
  const comparesNone = usePlayground((state) => state.compared.length === 0);
  const { compareOnly, viewRuns } = useActions();
  return (
    <Panel
      label="Runs"
      className="runs-panel"
      tools={
        <>
          <label className="row soft" htmlFor="grouping">
            Group by
            <select
              id="grouping"
              className="input select"
              value={grouping}
              onChange={(event) => viewRuns({ grouping: event.target.value })}
            >
              {groupings.map(({ key, title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <button type="button" className="button button-small" onClick={() => compareOnly(runs.map(({ id }) => id))}>
            Compare all
          </button>
          <button type="button" className="button button-small" disabled={comparesNone} onClick={() => compareOnly([])}>
            Compare none
          </button>
          <OpenRunFiles />
          <button
            type="button"
            className="button button-small"
            title="This table, numbers unrounded"
            onClick={() => download(new Blob([tableCsv(runs, names, files)], { type: 'text/csv' }), 'runs.csv')}
          >
            Table as CSV
          </button>
        </>
      }
    >
      <div className="stack">
        <ProblemNote place="runs" />
        <Deleted />
        <Variants />
        <RunTable
          runs={runs}
          names={names}
          files={files}
          grouping={grouping}
          order={order}
          onOrder={(by) => viewRuns({ order: by })}
        />
        <p className="soft">
          Drop exported runs (.hpff.zip, run.json, metrics.json) here to see them side by side, as many as you like.
          Runs are kept in this browser; nothing is sent anywhere.
        </p>
      </div>
    </Panel>
  );
}

/** The run deleted last, to be brought back. */
function Deleted() {
  const last = usePlayground((state) => state.deletedRuns.at(-1));
  const { names } = useRuns();
  const { undoDelete } = useActions();
  return (
    <div aria-live="polite">
      {last !== undefined && (
        <Note kind="plain">
          <div className="row">
            <span>
              A run was deleted{last.name === undefined ? '' : `: ${last.name}`}. {names.size} left.
            </span>
            <button type="button" className="button button-small" onClick={undoDelete}>
              Undo
            </button>
          </div>
        </Note>
      )}
    </div>
  );
}
