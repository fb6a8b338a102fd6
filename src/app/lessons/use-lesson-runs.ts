import { useMemo } from 'react';
import type { RunRecord } from '../../runs/run-record.ts';
import { runsOfLesson } from '../../store/lessons/lesson-runs.ts';
import { usePlayground } from '../playground-context.ts';

/** The newest run of each step of the lesson on show, by the step's name; those of earlier visits too. */
export function useLessonRuns(): ReadonlyMap<string, RunRecord> {
  const name = usePlayground((state) => state.lesson.name);
  const runs = usePlayground((state) => state.runs);
  return useMemo(() => runsOfLesson(name, runs), [name, runs]);
}
