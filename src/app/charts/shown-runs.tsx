import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { experimentNow } from '../../runs/run-record.ts';
import { runNames } from '../../store/compare/run-names.ts';
import { useTheme } from '../look/theme.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { runColours, runDash, runShade } from './run-colours.ts';
import type { ShownRun } from './series/line.ts';

const Shown = createContext<readonly ShownRun[]>([]);

/** Gives all charts within it the same runs. */
export function ShownRuns({ children }: { readonly children: ReactNode }) {
  return <Shown value={useRunsToShow()}>{children}</Shown>;
}

/** The runs on the charts: the live one, then those compared with it whose histories are there. */
export const useShownRuns = (): readonly ShownRun[] => useContext(Shown);

function useRunsToShow(): readonly ShownRun[] {
  const history = usePlayground((state) => state.history);
  const experiment = usePlayground((state) => state.run?.experiment ?? state.experiment);
  const liveId = usePlayground((state) => state.run?.record.id);
  const compared = usePlayground((state) => state.compared);
  const histories = usePlayground((state) => state.histories);
  // Records change with every step; only which runs there are, their names and experiments matter here.
  const kept = usePlayground((state) => (state.compared.length === 0 ? none : state.runs));
  const fromFiles = usePlayground((state) => state.fileRuns);
  const theme = useTheme();
  const { loadHistory } = useActions();
  const missing = compared.filter((id) => id !== liveId && !histories.has(id)).join(' ');
  useEffect(() => {
    for (const id of missing === '' ? [] : missing.split(' ')) void loadHistory(id);
  }, [missing, loadHistory]);
  return useMemo(() => {
    const others = [...kept, ...fromFiles.map(({ record }) => record)];
    const names = runNames(others);
    const beside = compared.flatMap((id) => {
      const record = others.find((run) => run.id === id);
      const known = histories.get(id);
      if (id === liveId || record === undefined || known === undefined) return [];
      return [{ id, name: names.get(id) ?? id, experiment: experimentNow(record), history: known }];
    });
    const live = { id: 'live', name: (liveId && names.get(liveId)) ?? 'this run', experiment, history };
    return [live, ...beside].map((run, index) => ({
      ...run,
      dash: runDash(index),
      shade: runShade(index),
      colours: runColours(index, theme),
    }));
  }, [history, experiment, liveId, compared, histories, kept, fromFiles, theme]);
}

const none: readonly never[] = [];
