import { changedFields } from '../../experiment/changes.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import type { LessonName } from './lesson-names.ts';
import { lessons } from './lessons.ts';

/** The newest run of each step of a lesson, by the step's name and in their order. `runs` is newest first. */
export function runsOfLesson(name: LessonName, runs: readonly RunRecord[]): ReadonlyMap<string, RunRecord> {
  const own = runs.filter(({ group }) => group === name);
  return new Map(
    lessons[name].steps.flatMap((step) => {
      const run = own.find(({ experiment }) => changedFields(experiment, step.experiment).length === 0);
      return run === undefined ? [] : [[step.name, run] as const];
    }),
  );
}
