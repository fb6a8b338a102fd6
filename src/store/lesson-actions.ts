import { History } from '../runs/history.ts';
import { resultsJson } from '../runs/results-json.ts';
import type { LessonName } from './lessons/lesson-names.ts';
import { runsOfLesson } from './lessons/lesson-runs.ts';
import { lessons } from './lessons/lessons.ts';
import type { Shared } from './shared.ts';
import { limitsOf } from './teaching.ts';

/** Which lesson is on show, and where in it. */
export interface LessonState {
  readonly name: LessonName;
  readonly step: number;
}

export const startingLesson: LessonState = { name: 'from-bp-to-hpff', step: 0 };

export interface LessonActions {
  goToLessonStep(step: number): void;
  /** Opens the experiment of the step as a new run and plays it. */
  runLessonStep(): void;
  /** The newest run of each step of the lesson with its measurements, as one JSON file's text. */
  lessonResults(): Promise<string>;
}

/** Guided lessons: steps that are live experiments. */
export function createLessonActions({ client, get, set, report, show, configure, open }: Shared): LessonActions {
  return {
    goToLessonStep(step) {
      const last = lessons[get().lesson.name].steps.length - 1;
      set(({ lesson }) => ({ lesson: { ...lesson, step: Math.max(0, Math.min(last, step)) } }));
    },
    async runLessonStep() {
      const { lesson, executor, opening, run: before, teaching } = get();
      const step = lessons[lesson.name].steps[lesson.step];
      if (step === undefined || opening) return;
      // What a teacher locks beside a lesson is locked at what its steps set.
      if (teaching !== undefined) configure({ limits: limitsOf(teaching, step.experiment) });
      show(step.experiment, { held: false, refusals: {}, alsoChanged: [] });
      await open(step.experiment, executor, 'transport', { name: step.title, group: lesson.name });
      const { run } = get();
      if (run === undefined || run.id === before?.id) return;
      const played = await client.request({ kind: 'play' });
      if (!played.ok) report('transport', played.error);
    },
    async lessonResults() {
      const { lesson, runs, histories } = get();
      const found = [...runsOfLesson(lesson.name, runs).values()];
      const withHistories = await Promise.all(
        found.map(async (record) => {
          const known = histories.get(record.id);
          if (known !== undefined) return { record, history: known };
          const answer = await client.request({ kind: 'readHistory', run: record.id });
          if (!answer.ok) report('runs', answer.error);
          // Its record holds what it came to; only the lines are missing.
          return { record, history: answer.ok ? History.of(answer.value, record) : new History() };
        }),
      );
      return resultsJson(withHistories);
    },
  };
}
