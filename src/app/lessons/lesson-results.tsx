import { useEffect, useState } from 'react';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { lessons } from '../../store/lessons/lessons.ts';
import { formatBytes, formatPercent, formatTimes } from '../look/format.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { SaveResults } from './save-results.tsx';
import { useLessonRuns } from './use-lesson-runs.ts';

interface Cost {
  readonly bytes: number;
  readonly memory: number;
  readonly arithmetic: number;
}

/** What the steps need, as planned, and what they came to, as measured here. */
export function LessonResults() {
  const name = usePlayground((state) => state.lesson.name);
  const runs = useLessonRuns();
  const { loadHistory } = useActions();
  const histories = usePlayground((state) => state.histories);
  // Drawn anew when something was measured.
  usePlayground((state) => state.historyVersion);
  const { steps } = lessons[name];
  const [costs, setCosts] = useState<readonly Cost[]>([]);
  useEffect(() => {
    // One step a turn, so that the page answers meanwhile.
    if (costs.length === steps.length) return;
    const timer = setTimeout(() => {
      const next = steps[costs.length];
      if (next === undefined) return;
      const plan = preview(configurationOf(next.experiment), next.experiment);
      const memory = plan.peakBytes / plan.bpPeakBytes;
      setCosts([...costs, { bytes: plan.peakBytes, memory, arithmetic: plan.multiplyAdds / plan.bpMultiplyAdds }]);
    });
    return () => clearTimeout(timer);
  }, [costs, steps]);
  useEffect(() => {
    for (const { id } of runs.values()) void loadHistory(id);
  }, [runs, loadHistory]);
  return (
    <Panel label="What you found">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll lesson-results" aria-label="Results of the lesson" tabIndex={0}>
        <table className="data-table">
          <thead>
            <tr>
              {['Step', 'Memory', 'of BP', 'Arithmetic of BP', 'Train', 'Test'].map((head, index) => (
                <th key={head} scope="col" className={index === 0 ? 'text' : 'lesson-result-head'}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step, index) => {
              const cost = costs[index];
              const run = runs.get(step.name);
              const history = run && histories.get(run.id);
              return (
                <tr key={step.name}>
                  <th scope="row" className="may-wrap lesson-result">
                    {index + 1}. <span className="lesson-result-title">{step.title}</span>
                  </th>
                  <td>{formatBytes(cost?.bytes)}</td>
                  <td>{cost && formatTimes(cost.memory)}</td>
                  <td>{cost && formatTimes(cost.arithmetic)}</td>
                  <td>{formatPercent(history?.train.last('final.accuracy'))}</td>
                  <td>{formatPercent(run?.summary.scores.lastTest)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className="soft lesson-results-note">
        Small runs, to see what each part does: accuracies of a few hundred images differ by chance. Training accuracy
        is of the last batch.
      </p>
      <SaveResults />
    </Panel>
  );
}
