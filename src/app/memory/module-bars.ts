import type { ModulePlan } from '../../methods/preview.ts';
import type { Span } from '../../store/chart-view.ts';
import type { BoxShape } from '../charts/plot/shapes.ts';
import type { ChartPicture } from '../charts/save/chart-picture.ts';
import { type Axis, type PlotAxis, partOf } from '../charts/series/axis.ts';
import { verticalAxis } from '../charts/series/drawing.ts';
import { formatRoundBytes } from '../look/format.ts';
import { moduleColour, type Theme } from '../look/module-colour.ts';
import { moduleBytes, roles } from './memory-words.ts';

/** Opacity of each role on its module's accent: order and spacing tell the roles apart in one hue. */
export const roleShades = [1, 0.72, 0.5, 0.32, 0.18];

/** Modules with a name at the axis at most; more would cover each other. */
const mostNamed = 12;
/** Share of a module's place that its bar fills. */
const filled = 0.8;

/** A row of the plan as a bar: the name under it, short. */
export interface ModuleBar {
  readonly plan: ModulePlan;
  readonly name: string;
  readonly colour: string;
}

/** The modules of a plan, what belongs to none, and all of back-propagation, where it is planned. */
export function moduleBars(plans: readonly ModulePlan[], bp: ModulePlan | undefined, theme: Theme): ModuleBar[] {
  const count = plans.length - 1;
  return [
    ...plans.map((plan, index) =>
      index < count
        ? { plan, name: String(index), colour: moduleColour(index, count, theme).accent }
        : { plan, name: 'io', colour: 'var(--line-strong)' },
    ),
    ...(bp === undefined ? [] : [{ plan: bp, name: 'BP', colour: 'var(--ink)' }]),
  ];
}

/** A place for each bar. */
export const wholeBars = (bars: readonly ModuleBar[]): Axis => ({ low: -0.5, high: bars.length - 0.5, log: false });

/**
 * Bars of the modules in sight: stacked by role on a linear axis; on a logarithmic one, where lengths on top of each other cannot be
 * compared, side by side.
 */
export function barDrawing(
  bars: readonly ModuleBar[],
  zoom: Span | undefined,
  log: boolean,
): { readonly shapes: readonly BoxShape[]; readonly horizontal: PlotAxis; readonly vertical: PlotAxis } {
  const axis = partOf(wholeBars(bars), zoom);
  const seen = bars
    .map((bar, index) => ({ ...bar, index }))
    .filter(({ index }) => index + 0.5 > axis.low && index - 0.5 < axis.high);
  const heights = seen.flatMap(({ plan, index }) =>
    (log ? roles.map(({ key }) => plan[key]) : [moduleBytes(plan)]).map((y) => ({ x: index, y })),
  );
  return {
    shapes: seen.flatMap((bar) => (log ? besideEachOther(bar, bar.index) : stacked(bar, bar.index))),
    horizontal: {
      ...axis,
      title: 'module',
      ticks: namedOf(seen),
      format: (index) => bars[index]?.name ?? '',
    },
    vertical: {
      ...verticalAxis([{ points: heights }], 'amount', log),
      title: 'memory (bytes)',
      format: formatRoundBytes,
    },
  };
}

/** The same for a file. */
export const barPicture = (
  title: string,
  bars: readonly ModuleBar[],
  zoom: Span | undefined,
  log: boolean,
): ChartPicture => ({
  title,
  ...barDrawing(bars, zoom, log),
  legend: roles.map(({ name }, role) => ({
    sign: 'box',
    label: name,
    value: '',
    colour: 'var(--ink)',
    opacity: roleShades[role] ?? 1,
    dash: undefined,
  })),
  marks: [],
  notes: [
    'Highest of each role in a step; modules and roles peak at different times. io: batch and metrics. BP: all of back-propagation.',
  ],
});

function stacked({ plan, colour }: ModuleBar, index: number): BoxShape[] {
  let low = 0;
  return roles.map(({ key }, role) => {
    const box: BoxShape = {
      kind: 'box',
      id: `${index} ${key}`,
      from: index - filled / 2,
      to: index + filled / 2,
      low,
      high: low + plan[key],
      colour,
      opacity: roleShades[role] ?? 1,
    };
    low = box.high;
    return box;
  });
}

function besideEachOther({ plan, colour }: ModuleBar, index: number): BoxShape[] {
  const width = filled / roles.length;
  return roles.map(({ key }, role) => ({
    kind: 'box',
    id: `${index} ${key}`,
    from: index - filled / 2 + role * width,
    to: index - filled / 2 + (role + 1) * width,
    low: 0,
    high: plan[key],
    colour,
    opacity: roleShades[role] ?? 1,
  }));
}

/** Places with a name: all, or every so manyth module and what is no module. */
function namedOf(seen: readonly (ModuleBar & { readonly index: number })[]): number[] {
  const every = Math.ceil(seen.length / mostNamed);
  return seen
    .filter(({ name, index }) => every === 1 || Number.isNaN(Number(name)) || index % every === 0)
    .map(({ index }) => index);
}
