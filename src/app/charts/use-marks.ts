import { useMemo } from 'react';
import type { XAxis } from '../../store/chart-view.ts';
import { changeInWords } from '../../store/state.ts';
import type { PlotMark } from './plot/plot-overlay.tsx';
import type { ShownRun } from './series/line.ts';
import { useShownRuns } from './shown-runs.tsx';
import { useChartView } from './use-chart-view.ts';

/** Every change of a live run, at its place on the axis, in words; of several runs with their names. */
export function useMarks(version: number | undefined): readonly PlotMark[] {
  const runs = useShownRuns();
  const xAxis = useChartView((view) => view.xAxis);
  return useMemo(() => {
    // Marks are added in place together with a new version.
    void version;
    return marksOf(runs, xAxis);
  }, [runs, xAxis, version]);
}

/** The same as of now. */
export const marksOf = (runs: readonly ShownRun[], xAxis: XAxis): readonly PlotMark[] =>
  runs.flatMap(({ name, history }) =>
    history.marks.map((mark) => ({
      x: mark[xAxis],
      words: `${runs.length > 1 ? `${name}: ` : ''}${changeInWords(mark.before, mark.after)}`,
    })),
  );
