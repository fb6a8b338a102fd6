import type { Experiment } from '../../../experiment/experiment.ts';
import type { ColumnKey, Columns, History, Series } from '../../../runs/history.ts';

/** A run on the charts. Runs are told apart by dash and shade, so that a colour means the same module in each. */
export interface ShownRun {
  readonly id: string;
  readonly name: string;
  /** As it is after all changes. */
  readonly experiment: Experiment;
  readonly history: History;
  readonly dash: string | undefined;
  /** Opacity of its lines. */
  readonly shade: number;
}

/** One line of a chart: whose column it shows, and how it looks. */
export interface Line {
  /** Unique in its chart. */
  readonly id: string;
  readonly run: ShownRun;
  /** What it shows, without the run's name. */
  readonly label: string;
  readonly phase: Series;
  readonly column: ColumnKey;
  readonly colour: string;
  readonly width: number;
  readonly dash?: string | undefined;
  /** Points are marked: few, and each counts. */
  readonly dots?: boolean;
  /** One of too many to draw: shown in the table only. */
  readonly tableOnly?: boolean;
  /** Never smoothed: an average of it would be wrong. */
  readonly exact?: boolean;
  /** The pale twin of a smoothed line, as measured. */
  readonly ghost?: boolean;
}

export const columnsOf = ({ run, phase }: Line): Columns => run.history[phase];

/** Smoothing of one line, where `smoothing` is the charts': only training lines are smoothed. */
export const weightOf = ({ phase, exact, ghost }: Line, smoothing: number): number =>
  phase === 'train' && !exact && !ghost ? smoothing : 0;

const phaseWords: Readonly<Record<Series, string>> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
  gradients: 'gradients',
};

/** A line's name among others: with its run where there are several, and its phase where another line has the same label. */
export function longLabel(line: Line, lines: readonly Line[]): string {
  const others = lines.filter((other) => !other.ghost && other.id !== line.id);
  const several = others.some(({ run }) => run.id !== line.run.id);
  const twin = others.some(
    ({ run, label, phase }) => run.id === line.run.id && label === line.label && phase !== line.phase,
  );
  const phase = twin ? `, ${phaseWords[line.phase]}` : '';
  return `${several ? `${line.run.name}: ` : ''}${line.label}${phase}`;
}

/** Few training lines keep their measured values pale behind the smoothed ones; many would be a fog. */
export function withGhosts(lines: readonly Line[], smoothing: number): readonly Line[] {
  const smoothed = lines.filter((line) => weightOf(line, smoothing) > 0);
  if (smoothed.length === 0 || smoothed.length > mostGhosts) return lines;
  return [...smoothed.map((line) => ({ ...line, id: `${line.id} as measured`, width: 1, ghost: true })), ...lines];
}

const mostGhosts = 8;
