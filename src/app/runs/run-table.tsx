import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useMemo } from 'react';
import type { RunRecord } from '../../runs/run-record.ts';
import { spreadOf } from '../../runs/statistics.ts';
import { columnsOf, type RunOrder, runColumns, sortRuns } from '../../store/compare/run-columns.ts';
import { groupRuns } from '../../store/compare/run-groups.ts';
import { statusOf } from '../../store/state.ts';
import { Tip } from '../parts/tip.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { columnFormats, formatSpread } from './column-format.ts';
import { RunRow } from './run-row.tsx';

/** All runs: a line each, in groups, ordered by any column. */
export function RunTable({
  runs,
  names,
  files,
  grouping,
  order,
  onOrder,
}: {
  readonly runs: readonly RunRecord[];
  readonly names: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  readonly grouping: string;
  readonly order: RunOrder;
  onOrder(order: RunOrder): void;
}) {
  const shown = columnsOf(runs)
    .map(({ name }) => name)
    .join();
  // The same list as long as the same are shown, for rows that did not change.
  const columns = useMemo(() => runColumns.filter(({ name }) => shown.split(',').includes(name)), [shown]);
  const groups = useMemo(
    () => groupRuns(sortRuns(runs, order, names, files), grouping, files),
    [runs, order, names, files, grouping],
  );
  const liveId = usePlayground((state) => state.run?.id);
  const status = usePlayground(statusOf);
  const live = useMemo(() => (liveId === undefined ? undefined : { id: liveId, status }), [liveId, status]);
  const heading = (by: RunOrder['by'], title: string, help: string, className?: string) => {
    const sorted = order.by === by;
    const Arrow = order.descending ? ArrowDown : ArrowUp;
    return (
      <th
        key={by}
        scope="col"
        className={className}
        aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : undefined}
      >
        <Tip content={`${help} Press to order by it.`}>
          <button
            type="button"
            className="column-button"
            onClick={() => onOrder({ by, descending: sorted ? !order.descending : by !== 'name' && by !== 'from' })}
          >
            {title}
            {sorted && <Arrow aria-hidden />}
          </button>
        </Tip>
      </th>
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll run-table" aria-label="Table of runs" tabIndex={0}>
      <table className="data-table">
        <caption className="visually-hidden">Runs with their results and costs</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Compare</span>
            </th>
            {heading('name', 'Run', 'Its name, or what tells it from the others.', 'text')}
            <th scope="col" className="text">
              State
            </th>
            {columns.map(({ name, title, help }) => heading(name, title, help))}
            {files.size > 0 && heading('from', 'From', 'The file it was read from.', 'text')}
            <th scope="col">
              <span className="visually-hidden">More</span>
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title}>
            {grouping !== 'none' && (
              <tr className="run-group">
                <td />
                <th scope="rowgroup" className="text" colSpan={2}>
                  {group.title}
                  <span className="soft">
                    {' '}
                    {group.runs.length} {group.runs.length === 1 ? 'run' : 'runs'}
                  </span>
                </th>
                {columns.map((column) => (
                  <td key={column.name}>
                    {group.runs.length > 1 &&
                      formatSpread(spreadOf(group.runs.map(column.value)), columnFormats[column.kind])}
                  </td>
                ))}
                {files.size > 0 && <td />}
                <td>{grouping === 'file' && <CloseFile runs={group.runs} files={files} />}</td>
              </tr>
            )}
            {group.runs.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                name={names.get(run.id) ?? run.id}
                columns={columns}
                live={live?.id === run.id ? live : undefined}
                file={files.get(run.id)}
                withFiles={files.size > 0}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

/** Takes all runs of a group that is a file off the page. */
function CloseFile({
  runs,
  files,
}: {
  readonly runs: readonly RunRecord[];
  readonly files: ReadonlyMap<string, string>;
}) {
  const { closeFile } = useActions();
  const file = files.get(runs[0]?.id ?? '');
  if (file === undefined) return null;
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      aria-label={`Close ${file}`}
      title="Takes all its runs off the page; the file stays"
      onClick={() => closeFile(file)}
    >
      <X aria-hidden />
    </button>
  );
}
