import { useEffect, useMemo } from 'react';
import { experimentNow } from '../../runs/run-record.ts';
import { runNames } from '../../store/compare/run-names.ts';
import { useTheme } from '../look/theme.ts';
import { useActions, usePlayground } from '../playground-context.ts';
import { runColours } from './run-colours.ts';
import type { ShownRun } from './series/line.ts';

/** Dash and opacity of the live run and of those beside it, in the order they were taken. */
const looks: readonly Pick<ShownRun, 'dash' | 'shade'>[] = [
  { dash: undefined, shade: 1 },
  { dash: '7 3', shade: 0.85 },
  { dash: '2 3', shade: 0.85 },
  { dash: '9 3 2 3', shade: 0.7 },
  { dash: '14 4', shade: 0.6 },
  { dash: '4 2 1 2 1 2', shade: 0.6 },
];

/** The runs on the charts: the live one, then those compared with it whose histories are there. */
export function useShownRuns(): readonly ShownRun[] {
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
      ...(looks[index % looks.length] as (typeof looks)[number]),
      colours: runColours(index, theme),
    }));
  }, [history, experiment, liveId, compared, histories, kept, fromFiles, theme]);
}

const none: readonly never[] = [];
