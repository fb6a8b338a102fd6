import { useMemo } from 'react';
import { usePlayground } from '../playground-context.ts';
import type { ShownRun } from './series/line.ts';

/** The runs on the charts: the live one. */
export function useShownRuns(): readonly ShownRun[] {
  const history = usePlayground((state) => state.history);
  const experiment = usePlayground((state) => state.run?.experiment ?? state.experiment);
  return useMemo(
    () => [{ id: 'live', name: 'this run', experiment, history, dash: undefined, shade: 1 }],
    [history, experiment],
  );
}
