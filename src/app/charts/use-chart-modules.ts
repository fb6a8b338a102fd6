import { useMemo } from 'react';
import { useTheme } from '../look/theme.ts';
import { usePlayground } from '../playground-context.ts';
import { type ChartModule, chartModules } from './module-lines.ts';

/** Modules of the live run, and borders it had before. */
export function useChartModules(): ChartModule[] {
  const theme = useTheme();
  const network = usePlayground((state) => (state.run?.experiment ?? state.experiment).network);
  const cuts = usePlayground((state) => (state.run?.experiment ?? state.experiment).cuts);
  // A string, so that a new measurement of known blocks makes no new lines.
  const measured = usePlayground((state) => (state.historyVersion >= 0 ? state.history.blocks.join(' ') : ''));
  return useMemo(
    () => chartModules({ network, cuts }, measured === '' ? [] : measured.split(' '), theme),
    [network, cuts, measured, theme],
  );
}
