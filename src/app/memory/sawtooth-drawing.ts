import type { StepCourse } from '../../methods/step-course.ts';
import type { Span } from '../../store/chart-view.ts';
import type { BoxShape, LineShape, Shape } from '../charts/plot/shapes.ts';
import type { ChartPicture } from '../charts/save/chart-picture.ts';
import { type Axis, type PlotAxis, partOf, ticksOf, valueAt } from '../charts/series/axis.ts';
import { verticalAxis } from '../charts/series/drawing.ts';
import { formatBytes, formatRoundBytes, formatWhole } from '../look/format.ts';
import { moduleColour, type Theme } from '../look/module-colour.ts';
import { highestOf, sawtooth, stretchesOf } from './course.ts';

const mostPoints = 400;
/** Stretches of the strip are at least this share of what is in sight wide. */
const leastStretch = 0.004;
/** Opacity of forward, backward and update in the strip. */
const phaseShades = [0.15, 0.5, 1];

export const courses = [
  { key: 'own', name: 'this method', colour: 'var(--ink)', dash: undefined },
  { key: 'bp', name: 'back-propagation', colour: 'var(--line-strong)', dash: '5 3' },
] as const;

/** This method's step and back-propagation's. */
export interface Courses {
  readonly own: StepCourse;
  readonly bp: StepCourse;
}

/** How the sawtooth is seen. */
export interface SawtoothView {
  readonly zoom: Span | undefined;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** All operations of the longer step. On a logarithmic axis operation 0 has no place. */
export const wholeStep = ({ own, bp }: Courses, logX: boolean): Axis => ({
  low: logX ? 1 : 0,
  high: Math.max(own.bytes.length, bp.bytes.length) - 1,
  log: logX,
});

/** Bytes over the operations in sight, over a strip of the modules and phases at work. */
export function sawtoothDrawing(
  both: Courses,
  { zoom, logX, logY }: SawtoothView,
  theme: Theme,
): { readonly shapes: readonly Shape[]; readonly horizontal: PlotAxis; readonly vertical: PlotAxis } {
  const axis = partOf(wholeStep(both, logX), zoom);
  const lines = courses.map(
    ({ key, colour, dash }): LineShape => ({
      kind: 'line',
      id: key,
      points: sawtooth(both[key], axis, mostPoints),
      colour,
      width: 1.5,
      opacity: 1,
      dash,
      dots: false,
    }),
  );
  const vertical = verticalAxis(lines, 'amount', logY);
  return {
    shapes: [...stripOf(both.own, axis, vertical, theme), ...lines],
    horizontal: { ...axis, title: 'operation', ticks: ticksOf(axis, 6, true), format: formatWhole },
    vertical: { ...vertical, title: 'memory (bytes)', format: formatRoundBytes },
  };
}

/** The same for a file. */
export function sawtoothPicture(title: string, both: Courses, view: SawtoothView, theme: Theme): ChartPicture {
  return {
    title,
    ...sawtoothDrawing(both, view, theme),
    legend: courses.map(({ key, name, colour, dash }) => ({
      sign: 'line',
      label: `${name}, at most`,
      value: formatBytes(highestOf(both[key]).bytes),
      colour,
      opacity: 1,
      dash,
    })),
    marks: [],
    notes: [
      'Planned bytes alive at each operation. Strip: the module at work, and below it forward (pale), backward and update (dark).',
    ],
  };
}

/** Which module is at work and in which phase, along the axis, in the modules' colours: along the foot of the plot. */
function stripOf(course: StepCourse, axis: Axis, vertical: Axis, theme: Theme): BoxShape[] {
  const least = Math.max(1, Math.round((axis.high - axis.low) * leastStretch));
  const count = course.modules.reduce((most, module) => Math.max(most, module), 0) + 1;
  const ends = (low: number, high: number) => ({ low: valueAt(vertical, low), high: valueAt(vertical, high) });
  const modules = stretchesOf(course.modules, least).map(
    ({ from, to, value }): BoxShape => ({
      kind: 'box',
      id: `module at ${from}`,
      from,
      to,
      ...ends(0.04, 0.07),
      colour: value < 0 ? 'var(--line-strong)' : moduleColour(value, count, theme).accent,
      opacity: 1,
    }),
  );
  const phases = stretchesOf(course.phases, least).map(
    ({ from, to, value }): BoxShape => ({
      kind: 'box',
      id: `phase at ${from}`,
      from,
      to,
      ...ends(0, 0.03),
      colour: 'var(--ink)',
      opacity: phaseShades[value] ?? 0,
    }),
  );
  return [...modules, ...phases].filter(({ from, to }) => to > axis.low && from < axis.high);
}
