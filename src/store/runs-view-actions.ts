import type { RunOrder } from './compare/run-columns.ts';
import type { Shared } from './shared.ts';
import type { SweepChoice } from './sweep/sweep-plan.ts';

/** How the screen of runs is set; it stays while another screen is on show. */
export interface RunsView {
  readonly order: RunOrder;
  /** Key of the grouping, which counts while it parts the runs. */
  readonly grouping: string;
  /** Whose costs and results are drawn: `all`, `compared` or `sweep NAME`; undefined: the newest sweep's. */
  readonly results: string | undefined;
  readonly sweep: SweepChoice;
}

export const startingRunsView: RunsView = {
  order: { by: 'created', descending: true },
  grouping: 'none',
  results: undefined,
  sweep: { methods: ['own'], cuts: [], seeds: 1 },
};

export interface RunsViewActions {
  viewRuns(change: Partial<RunsView>): void;
}

export const createRunsViewActions = ({ set }: Shared): RunsViewActions => ({
  viewRuns: (change) => set(({ runsView }) => ({ runsView: { ...runsView, ...change } })),
});
