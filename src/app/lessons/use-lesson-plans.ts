import { useEffect, useState } from 'react';
import type { Preview } from '../../methods/preview.ts';
import type { LessonName } from '../../store/lessons/lesson-names.ts';
import { lessons } from '../../store/lessons/lessons.ts';
import { useActions } from '../playground-context.ts';

/** Plans of the steps of a lesson, in their order, as far as they are made: one after the other, in a worker. */
export function useLessonPlans(name: LessonName): readonly (Preview | undefined)[] {
  const { planAside } = useActions();
  const [plans, setPlans] = useState<readonly (Preview | undefined)[]>([]);
  useEffect(() => {
    let current = true;
    const work = async () => {
      const made: (Preview | undefined)[] = [];
      for (const { experiment } of lessons[name].steps) {
        made.push(await planAside(experiment));
        if (!current) return;
        setPlans([...made]);
      }
    };
    void work();
    return () => {
      current = false;
    };
  }, [name, planAside]);
  return plans;
}
