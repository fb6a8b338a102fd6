import type { LessonName } from './lessons/lesson-names.ts';
import { lessons } from './lessons/lessons.ts';
import type { Shared } from './shared.ts';
import { limitsOf } from './teaching.ts';

/** Where a lesson stands, and which run each of its steps made. */
export interface LessonState {
  readonly name: LessonName;
  readonly step: number;
  /** Identifiers of runs by the step's name. */
  readonly runs: Readonly<Record<string, string>>;
}

export const startingLesson: LessonState = { name: 'from-bp-to-hpff', step: 0, runs: {} };

export interface LessonActions {
  goToLessonStep(step: number): void;
  /** Opens the experiment of the step as a new run and plays it. */
  runLessonStep(): void;
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
      set(({ lesson: now }) => ({ lesson: { ...now, runs: { ...now.runs, [step.name]: run.id } } }));
      const played = await client.request({ kind: 'play' });
      if (!played.ok) report('transport', played.error);
    },
  };
}
