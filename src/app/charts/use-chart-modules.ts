import { useMemo } from 'react';
import { useTheme } from '../look/theme.ts';
import { usePlayground } from '../playground-context.ts';
import { type ChartModule, chartModules, mostDrawnOf } from './module-lines.ts';
import { useShownRuns } from './shown-runs.tsx';

/** Modules of the runs shown, and borders they had before. */
export function useChartModules(): readonly ChartModule[] {
  const theme = useTheme();
  const runs = useShownRuns();
  // A string, so that a new measurement of known blocks makes no new lines.
  const measured = usePlayground((state) =>
    state.historyVersion >= 0 ? runs.map(({ history }) => history.blocks.join(' ')).join('|') : '',
  );
  return useMemo(() => {
    const blocks = measured.split('|').map((list) => (list === '' ? [] : list.split(' ')));
    return runs.flatMap((run, index) =>
      chartModules(run, run.experiment, blocks[index] ?? [], theme, mostDrawnOf(runs.length)),
    );
  }, [runs, measured, theme]);
}
