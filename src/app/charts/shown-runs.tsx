import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { experimentNow } from '../../runs/run-record.ts';
import { runNames } from '../../store/compare/run-names.ts';
import { useTheme } from '../look/theme.ts';
import { useSettled } from '../parts/use-settled.ts';
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
  const kept = usePlayground((state) => (state.compared.length === 0 ? none : state.runs));
  const fromFiles = usePlayground((state) => state.fileRuns);
  const theme = useTheme();
  const { loadHistory } = useActions();
  const missing = compared.filter((id) => id !== liveId && !histories.has(id)).join(' ');
  useEffect(() => {
    for (const id of missing === '' ? [] : missing.split(' ')) void loadHistory(id);
  }, [missing, loadHistory]);
  const shown = useMemo(() => {
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
  // Records change with every step; all charts would be drawn anew.
  return useSettled(shown, alike);
}

/** Made anew of the same values after each change of a record. */
const sameFields = (one: Experiment, other: Experiment): boolean =>
  (Object.keys({ ...one, ...other }) as (keyof Experiment)[]).every((key) => one[key] === other[key]);

const alike = (some: readonly ShownRun[], others: readonly ShownRun[]): boolean =>
  some.length === others.length &&
  some.every((run, index) => {
    const other = others[index];
    return (
      run.id === other?.id &&
      run.name === other.name &&
      sameFields(run.experiment, other.experiment) &&
      run.history === other.history &&
      run.colours.strong === other.colours.strong
    );
  });

const none: readonly never[] = [];
