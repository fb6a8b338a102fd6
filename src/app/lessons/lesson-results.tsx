import { useEffect } from 'react';
import { lessons } from '../../store/lessons/lessons.ts';
import { formatBytes, formatPercent, formatTimes } from '../look/format.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { SaveResults } from './save-results.tsx';
import { useLessonPlans } from './use-lesson-plans.ts';
import { useLessonRuns } from './use-lesson-runs.ts';

/** What the steps need, as planned, and what they came to, as measured here. */
export function LessonResults() {
  const name = usePlayground((state) => state.lesson.name);
  const runs = useLessonRuns();
  const { loadHistory } = useActions();
  const histories = usePlayground((state) => state.histories);
  // Drawn anew when something was measured.
  usePlayground((state) => state.historyVersion);
  const { steps } = lessons[name];
  const plans = useLessonPlans(name);
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
              const plan = plans[index];
              const run = runs.get(step.name);
              const history = run && histories.get(run.id);
              return (
                <tr key={step.name}>
                  <th scope="row" className="may-wrap lesson-result">
                    {index + 1}. <span className="lesson-result-title">{step.title}</span>
                  </th>
                  <td>{formatBytes(plan?.peakBytes)}</td>
                  <td>{plan && formatTimes(plan.peakBytes / plan.bpPeakBytes)}</td>
                  <td>{plan && formatTimes(plan.multiplyAdds / plan.bpMultiplyAdds)}</td>
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
