import type { Experiment } from '../../../experiment/experiment.ts';
import type { ColumnKey, Columns, History, Series } from '../../../runs/history.ts';

/**
 * A run on the charts. Its dash tells it from others everywhere; its colours do where lines are of whole runs, since in charts of modules a colour
 * means the same module in each.
 */
export interface ShownRun {
  readonly id: string;
  readonly name: string;
  /** As it is after all changes. */
  readonly experiment: Experiment;
  readonly history: History;
  readonly dash: string | undefined;
  /** Opacity of its lines. */
  readonly shade: number;
  /** Of lines of the whole run: the one that counts, and the one beside it. */
  readonly colours: { readonly strong: string; readonly soft: string };
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

/** Whether lines are of more than one run. */
export const ofSeveralRuns = (lines: readonly Line[]): boolean =>
  lines.some(({ run }) => run.id !== (lines[0] as Line).run.id);

/** A line's name among others of its run: with its phase where another line has the same label. */
export function shortLabel(line: Line, lines: readonly Line[]): string {
  const twin = lines.some(
    ({ ghost, run, label, phase }) => !ghost && run.id === line.run.id && label === line.label && phase !== line.phase,
  );
  return `${line.label}${twin ? `, ${phaseWords[line.phase]}` : ''}`;
}

/** A line's name among all: with its run where there are several. */
export const longLabel = (line: Line, lines: readonly Line[]): string =>
  `${ofSeveralRuns(lines.filter(({ ghost }) => !ghost)) ? `${line.run.name}: ` : ''}${shortLabel(line, lines)}`;

/** What is of lines, by their runs in order. */
export function byRun<Of extends { readonly line: Line }>(all: readonly Of[]): { run: ShownRun; own: Of[] }[] {
  const groups = new Map<string, { run: ShownRun; own: Of[] }>();
  for (const one of all) {
    const { run } = one.line;
    const group = groups.get(run.id) ?? { run, own: [] };
    group.own.push(one);
    groups.set(run.id, group);
  }
  return [...groups.values()];
}

/** Few training lines keep their measured values pale behind the smoothed ones; many would be a fog. */
export function withGhosts(lines: readonly Line[], smoothing: number): readonly Line[] {
  const smoothed = lines.filter((line) => weightOf(line, smoothing) > 0);
  if (smoothed.length === 0 || smoothed.length > mostGhosts) return lines;
  return [...smoothed.map((line) => ({ ...line, id: `${line.id} as measured`, width: 1, ghost: true })), ...lines];
}

const mostGhosts = 8;
