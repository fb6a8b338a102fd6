import { lazy, Suspense, useMemo } from 'react';
import type { RunRecord } from '../../runs/run-record.ts';
import { type SweepSeries, sweepSeries } from '../../store/sweep/sweep-results.ts';
import { Panel } from '../parts/panel.tsx';
import { useSettled } from '../parts/use-settled.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { useRuns } from '../runs/use-runs.ts';
import '../charts/charts.css';

const SweepFigures = lazy(() => import('./sweep-figures.tsx'));

/** Error, memory and arithmetic of many runs against K and against each other. */
export function ResultsPanel() {
  const { runs } = useRuns();
  const compared = usePlayground((state) => state.compared);
  const sweeps = useMemo(() => [...new Set(runs.flatMap(({ group }) => (group === undefined ? [] : [group])))], [runs]);
  const wanted = usePlayground((state) => state.runsView.results);
  const { viewRuns } = useActions();
  const known = wanted === 'all' || wanted === 'compared' || sweeps.some((sweep) => wanted === `sweep ${sweep}`);
  // The newest sweep, until another is chosen.
  const chosen = wanted !== undefined && known ? wanted : sweeps[0] === undefined ? 'all' : `sweep ${sweeps[0]}`;
  const shown = useMemo(() => chooseRuns(runs, chosen, compared), [runs, chosen, compared]);
  // Records change while a run trains, and what they come to only now and then.
  const series = useSettled(
    useMemo(() => sweepSeries(shown), [shown]),
    sameNumbers,
  );
  return (
    <Panel
      label="Costs and results"
      className="results"
      tools={
        <label className="row soft" htmlFor="results-of">
          of
          <select
            id="results-of"
            className="input select"
            value={chosen}
            onChange={(event) => viewRuns({ results: event.target.value })}
          >
            <option value="all">all runs</option>
            <option value="compared">compared runs</option>
            {sweeps.map((sweep) => (
              <option key={sweep} value={`sweep ${sweep}`}>
                {sweep}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {shown.length === 0 ? (
        <p className="soft">No runs to draw.</p>
      ) : (
        <Suspense fallback={<p className="soft charts-wait">Loading charts</p>}>
          <SweepFigures series={series} />
        </Suspense>
      )}
      <p className="soft">
        Points are means over the runs of one method and K, bars one sample standard deviation. Memory is planned,
        probes not counted; K = 1 is back-propagation, and a point of every method that is trained the same otherwise.
      </p>
    </Panel>
  );
}

const sameNumbers = (one: readonly SweepSeries[], other: readonly SweepSeries[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function chooseRuns(runs: readonly RunRecord[], chosen: string, compared: readonly string[]): readonly RunRecord[] {
  if (chosen === 'all') return runs;
  if (chosen === 'compared') return runs.filter(({ id }) => compared.includes(id));
  return runs.filter(({ group }) => `sweep ${group}` === chosen);
}
