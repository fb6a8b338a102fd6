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

/** What names of lines among each other need, found once for a list of them. */
interface Neighbours {
  readonly several: boolean;
  /** Labels that lines of more than one phase of their run have. */
  readonly twins: ReadonlySet<string>;
}

const known = new WeakMap<readonly Line[], Neighbours>();

const labelKey = ({ run, label }: Line): string => `${run.id} ${label}`;

function neighboursOf(lines: readonly Line[]): Neighbours {
  let found = known.get(lines);
  if (found === undefined) {
    const own = lines.filter(({ ghost }) => !ghost);
    const phases = new Map<string, Series>();
    const twins = new Set<string>();
    for (const line of own) {
      const before = phases.get(labelKey(line));
      if (before !== undefined && before !== line.phase) twins.add(labelKey(line));
      phases.set(labelKey(line), line.phase);
    }
    found = { several: own.some(({ run }) => run.id !== own[0]?.run.id), twins };
    known.set(lines, found);
  }
  return found;
}

/** Whether lines are of more than one run. */
export const ofSeveralRuns = (lines: readonly Line[]): boolean => neighboursOf(lines).several;

/** A line's name among others of its run: with its phase where another line has the same label. */
export const shortLabel = (line: Line, lines: readonly Line[]): string =>
  `${line.label}${neighboursOf(lines).twins.has(labelKey(line)) ? `, ${phaseWords[line.phase]}` : ''}`;

/** A line's name among all: with its run where there are several. */
export const longLabel = (line: Line, lines: readonly Line[]): string =>
  `${ofSeveralRuns(lines) ? `${line.run.name}: ` : ''}${shortLabel(line, lines)}`;

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
