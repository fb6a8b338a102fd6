import { ChevronLeft, ChevronRight, Play } from 'lucide-react';
import type { RunRecord } from '../../runs/run-record.ts';
import { type LessonStep, lessons } from '../../store/lessons/lessons.ts';
import { formatPercent, formatWhole } from '../look/format.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { useLessonRuns } from './use-lesson-runs.ts';

/** One step of the lesson: what it is, a button that runs it here, and the one thing to notice. */
export function LessonPanel() {
  const { name, step } = usePlayground((state) => state.lesson);
  const runs = useLessonRuns();
  const opening = usePlayground((state) => state.opening);
  const { goToLessonStep, runLessonStep } = useActions();
  const { title, words, steps } = lessons[name];
  const now = steps[step];
  if (now === undefined) return null;
  return (
    <Panel label={title} className="lesson">
      <p className="soft">{words}</p>
      <ol className="lesson-steps" aria-label="Steps of the lesson">
        {steps.map((other, index) => (
          <li key={other.name}>
            <button
              type="button"
              className="lesson-step"
              aria-current={index === step ? 'step' : undefined}
              data-done={runs.has(other.name)}
              onClick={() => goToLessonStep(index)}
            >
              <span className="lesson-number">{index + 1}</span>
              {other.title}
            </button>
          </li>
        ))}
      </ol>
      <section className="lesson-card" aria-label={`Step ${step + 1}`}>
        <h3>{now.title}</h3>
        <p>{now.words}</p>
        <div className="row">
          <button
            type="button"
            className="button button-solid"
            disabled={opening}
            title="Starts a new run with the experiment of this step. The run before stays in the list of runs."
            onClick={runLessonStep}
          >
            <Play aria-hidden /> Run this step
          </button>
          <LookButton step={now} />
          <StepProgress run={runs.get(now.name)} />
        </div>
        <Note kind="good">
          <p>
            <strong>Notice.</strong> {now.notice}
          </p>
        </Note>
        <ProblemNote place="transport" />
      </section>
      <div className="row lesson-turn">
        <button type="button" className="button" disabled={step === 0} onClick={() => goToLessonStep(step - 1)}>
          <ChevronLeft aria-hidden /> Step before
        </button>
        <button
          type="button"
          className="button"
          disabled={step === steps.length - 1}
          onClick={() => goToLessonStep(step + 1)}
        >
          Next step <ChevronRight aria-hidden />
        </button>
      </div>
    </Panel>
  );
}

const places: Readonly<Record<LessonStep['look'], string>> = {
  charts: 'See the charts',
  strip: 'See the network',
  'slow-motion': 'See it in slow motion',
  insight: 'See reconstructions',
};

/** Leads to where the step's one thing is to be seen. */
function LookButton({ step }: { readonly step: LessonStep }) {
  const { showView, showWalk } = useActions();
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        if (step.look === 'slow-motion') showWalk(true);
        showView(step.look === 'insight' ? 'insight' : 'train');
      }}
    >
      {places[step.look]}
    </button>
  );
}

function StepProgress({ run }: { readonly run: RunRecord | undefined }) {
  const own = usePlayground((state) => run !== undefined && state.run?.id === run.id);
  const progress = usePlayground((state) => state.progress);
  if (!own || progress === undefined) return null;
  return (
    <span className="soft">
      {progress.status}, step {formatWhole(progress.step)} of {formatWhole(progress.totalSteps)} (
      {formatPercent(progress.step / Math.max(1, progress.totalSteps))})
    </span>
  );
}
