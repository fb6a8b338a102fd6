import { changedFields } from '../../experiment/changes.ts';
import { edit } from '../../store/edit.ts';
import type { LargestBatch } from '../../store/sweep/largest-batch.ts';
import { planSweep } from '../../store/sweep/sweep-plan.ts';
import { formatBytes } from '../look/format.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { methodChoices } from './method-choices.ts';

/** Searches the largest batch that fits a memory budget under every method, from the plan alone. */
export function BatchPanel() {
  const experiment = usePlayground((state) => state.experiment);
  const { megabytes, of, found, searching } = usePlayground((state) => state.batchSearch);
  const { change, setBatchBudget, searchLargestBatch, cancelBatchSearch } = useActions();
  const rows = methodChoices.flatMap(({ method, title }) => {
    const answer = found.get(method);
    const member = of && planSweep(of.experiment, { methods: [method], cuts: [], seeds: 1 }).members[0];
    return answer === undefined || member === undefined ? [] : [{ method, title, answer, member }];
  });
  // What a row puts into the controls is what was searched for, too.
  const known = [
    ...(of === undefined ? [] : [of.experiment]),
    ...rows.flatMap(({ answer, member }) =>
      answer.kind === 'found' ? [{ ...member.experiment, batch: answer.batch }] : [],
    ),
  ];
  const stale =
    rows.length > 0 &&
    (megabytes !== of?.megabytes || known.every((other) => changedFields(experiment, other).length > 0));
  return (
    <Panel label="Largest batch that fits" className="batch">
      <div className="stack">
        <label className="row">
          Memory budget
          <input
            className="input seeds-input"
            type="number"
            min={1}
            value={megabytes}
            onChange={(event) => setBatchBudget(Math.max(1, Number(event.target.value) || 1))}
          />
          MB
        </label>
        <div className="row">
          {searching === undefined ? (
            <button
              type="button"
              className="button"
              onClick={() => void searchLargestBatch(methodChoices.map(({ method }) => method))}
            >
              Search
            </button>
          ) : (
            <button type="button" className="button" onClick={cancelBatchSearch}>
              Cancel search
            </button>
          )}
          <span className="soft" aria-live="polite">
            {searching === undefined
              ? found.size === 0
                ? 'From the plan: nothing runs.'
                : stale
                  ? 'Searched for other settings or another budget: search again.'
                  : `${found.size} methods searched.`
              : 'Searching'}
          </span>
        </div>
        {found.size > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section className="table-scroll" aria-label="Largest batches" tabIndex={0}>
            <table className="data-table">
              <caption className="visually-hidden">Largest batch size by method</caption>
              <thead>
                <tr>
                  <th scope="col" className="text">
                    Method
                  </th>
                  <th scope="col">Batch</th>
                  <th scope="col">Memory</th>
                  <th scope="col">
                    <span className="visually-hidden">Apply</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ method, title, answer, member }) => (
                  <tr key={method}>
                    <th scope="row" className="text">
                      {title}
                    </th>
                    <td>{answerInWords(answer)}</td>
                    <td>{'bytes' in answer ? formatBytes(answer.bytes) : ''}</td>
                    <td>
                      {answer.kind === 'found' && (
                        <button
                          type="button"
                          className="button button-small"
                          aria-label={`Use batch ${answer.batch} with ${title}`}
                          disabled={stale || !edit(experiment, { batch: answer.batch }).ok}
                          title="Puts method and batch into the controls; rebuilds, keeps weights"
                          onClick={() => change({ ...member.experiment, batch: answer.batch })}
                        >
                          Use
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </Panel>
  );
}

function answerInWords(answer: LargestBatch): string {
  switch (answer.kind) {
    case 'found':
      return String(answer.batch);
    case 'none':
      return 'none fits';
    case 'failed':
      return 'not possible';
    case 'cancelled':
      return '';
  }
}
