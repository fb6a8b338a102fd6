import type { CommonColumn, Phase } from '../../runs/history.ts';
import type { Line, ShownRun } from './series/line.ts';

/** How one measurement of whole runs is drawn. */
export interface RunLineLook extends Pick<Line, 'width' | 'dots' | 'exact' | 'tableOnly'> {
  readonly phase: Phase;
  readonly label: string;
  readonly colour: 'strong' | 'soft';
}

/** Lines of one column of every run; the runs are told apart by dash and colour. */
export const runLines = (runs: readonly ShownRun[], column: CommonColumn, looks: readonly RunLineLook[]): Line[] =>
  runs.flatMap((run) =>
    looks.map(({ phase, label, colour, ...look }) => ({
      id: `${run.id} ${phase}`,
      run,
      label,
      phase,
      column,
      colour: run.colours[colour],
      ...look,
    })),
  );
