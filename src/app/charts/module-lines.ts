import type { Experiment } from '../../experiment/experiment.ts';
import { resolveCuts } from '../../network/cuts.ts';
import { blockKey } from '../../network/network-shape.ts';
import { columnKey, type GradientColumn, type ModuleColumn, type Series } from '../../runs/history.ts';
import { moduleColour, type Theme } from '../look/module-colour.ts';
import type { Line, ShownRun } from './series/line.ts';

/** A module of a run, or a block that ended one before a re-cut, with its accent. */
export interface ChartModule {
  readonly run: ShownRun;
  readonly block: string;
  readonly label: string;
  readonly colour: string;
  /** Drawn; of very many modules only some are, spread evenly. */
  readonly drawn: boolean;
}

/** More modules of one run cannot be told apart by their colours. */
const mostDrawn = 12;
/** More lines of all runs would hold up the page. */
const mostTogether = 144;

/** Modules drawn of each of so many runs: the ends and one between at least. */
export const mostDrawnOf = (runs: number): number =>
  Math.max(3, Math.min(mostDrawn, Math.floor(mostTogether / Math.max(1, runs))));

/** The modules of a run's experiment in order, then the former borders that its history knows; `most` of them are drawn. */
export function chartModules(
  run: ShownRun,
  { network, cuts }: Pick<Experiment, 'network' | 'cuts'>,
  measured: readonly string[],
  theme: Theme,
  most = mostDrawn,
): ChartModule[] {
  const blocks = resolveCuts({ network, cuts }).map(blockKey);
  const former = measured.filter((block) => !blocks.includes(block));
  const drawn = spread(blocks.length, most);
  return [
    ...blocks.map((block, index) => ({
      run,
      block,
      drawn: drawn.has(index),
      label: `module ${index}`,
      colour: moduleColour(index, blocks.length, theme).accent,
    })),
    ...former.map((block) => ({
      run,
      block,
      label: `block ${block}, before`,
      drawn: former.length <= most,
      colour: theme === 'light' ? '#868e99' : '#6d7683',
    })),
  ];
}

/** Indices of at most `most` of `count`, the first and the last among them. */
function spread(count: number, most: number): ReadonlySet<number> {
  const drawn = Math.min(count, most);
  return new Set(
    Array.from({ length: drawn }, (_, place) => Math.round((place * (count - 1)) / Math.max(1, drawn - 1))),
  );
}

/** What to say where not all modules are drawn. */
export function drawnInWords(modules: readonly ChartModule[]): string | undefined {
  const drawn = modules.filter((module) => module.drawn).length;
  return drawn < modules.length ? `${drawn} of ${modules.length} modules are drawn; the table has all.` : undefined;
}

/** Lines of one column for every module. */
export function moduleLines(
  modules: readonly ChartModule[],
  phase: Series,
  column: ModuleColumn | GradientColumn,
  look: Pick<Line, 'width'> & Partial<Pick<Line, 'dash' | 'dots' | 'exact'>>,
  suffix = '',
): Line[] {
  return modules.map(({ run, block, label, colour, drawn }) => ({
    id: `${run.id} ${phase} ${block} ${column}`,
    run,
    label: `${label}${suffix}`,
    phase,
    column: columnKey(block, column),
    colour,
    ...(drawn ? {} : { tableOnly: true }),
    ...look,
  }));
}
