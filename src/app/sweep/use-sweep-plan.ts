import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Preview } from '../../methods/preview.ts';
import { estimateSeconds, partSizes } from '../../store/sweep/run-estimate.ts';
import { planSweep, type SweepChoice, type SweepMember, type SweepPlan } from '../../store/sweep/sweep-plan.ts';
import { useActions, usePlayground } from '../playground-context.ts';

export interface PlannedMember extends SweepMember {
  /** Cost from the plan; undefined while it is being made. */
  readonly preview: Preview | undefined;
  /** Undefined where the images are not read yet. */
  readonly seconds: number | undefined;
}

/** A sweep of the experiment in the controls, each run with its memory and time before anything runs. */
export function useSweepPlan(
  choice: SweepChoice,
): Omit<SweepPlan, 'members'> & { readonly members: readonly PlannedMember[] } {
  const experiment = useDeferredValue(usePlayground((state) => state.experiment));
  const plan = useMemo(() => planSweep(experiment, choice), [experiment, choice]);
  const previews = usePreviews(plan.members);
  const known = usePlayground((state) => state.run?.data);
  const pace = usePlayground(({ run, progress }) =>
    run === undefined || progress?.secondsPerStep === undefined || run.record.summary.multiplyAdds === 0
      ? undefined
      : progress.secondsPerStep / run.record.summary.multiplyAdds,
  );
  const members = plan.members.map((member) => {
    const preview = previews.get(costKey(member.experiment));
    const sizes = partSizes(
      member.experiment,
      known && { data: known.name, train: known.trainCount, test: known.testCount },
    );
    const seconds =
      preview && sizes && pace !== undefined
        ? estimateSeconds(member.experiment, sizes, preview.multiplyAdds, pace)
        : undefined;
    return { ...member, preview, seconds };
  });
  return { ...plan, members };
}

/** Seeds cost the same. */
const costKey = (experiment: Experiment): string => JSON.stringify({ ...experiment, seed: 0 });

/** Plans of experiments, made one after the other in a worker; those of a choice that was changed meanwhile are dropped. */
function usePreviews(members: readonly SweepMember[]): ReadonlyMap<string, Preview> {
  const { planAside } = useActions();
  const [previews, setPreviews] = useState<ReadonlyMap<string, Preview>>(new Map());
  useEffect(() => {
    let current = true;
    const work = async () => {
      const made = new Map<string, Preview>();
      for (const { experiment } of members) {
        const key = costKey(experiment);
        if (!current) return;
        const preview = made.get(key) ?? (await planAside(experiment));
        if (preview === undefined || !current) continue;
        made.set(key, preview);
        setPreviews(new Map(made));
      }
    };
    void work();
    return () => {
      current = false;
    };
  }, [members, planAside]);
  return previews;
}
