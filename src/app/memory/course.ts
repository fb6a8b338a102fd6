import { coursePhases, type StepCourse } from '../../methods/step-course.ts';
import type { Axis } from '../charts/series/axis.ts';
import { type Point, pointsOf } from '../charts/series/points.ts';
import { Track } from '../charts/series/track.ts';

/** Neighbouring nodes of one module (or phase): a stretch of the strip under the sawtooth. */
export interface Stretch {
  readonly from: number;
  /** One past its last node. */
  readonly to: number;
  readonly value: number;
}

/** Where a column keeps its value, run by run; stretches shorter than `least` join the one before, so that a deep network stays drawable. */
export function stretchesOf(column: ArrayLike<number>, least: number): Stretch[] {
  const found: { from: number; to: number; value: number }[] = [];
  for (let index = 0; index < column.length; index++) {
    const value = column[index] as number;
    const before = found.at(-1);
    if (before === undefined) found.push({ from: index, to: index + 1, value });
    else if (before.value === value || before.to - before.from < least) before.to = index + 1;
    else found.push({ from: index, to: index + 1, value });
  }
  return found;
}

/** The bytes held over the nodes of a step as a line of at most `limit` points, highest and lowest of each bucket among them. */
export function sawtooth(course: StepCourse, axis: Axis, limit: number): Point[] {
  const track = new Track(0);
  track.extend(course.bytes);
  const places = Float64Array.from(course.bytes, (_, node) => node);
  return pointsOf(places, course.bytes, track, axis, limit);
}

/** What happens at a node: `backward of module 3, conv2dInputGradient, block.2.1`. */
export function nodeInWords({ modules, phases, nameOf, names }: StepCourse, node: number): string {
  const module = modules[node] ?? -1;
  const phase = coursePhases[phases[node] ?? 0];
  return `${phase}${module < 0 ? '' : ` of module ${module}`}, ${names[nameOf[node] ?? 0]}`;
}

/** The node that holds most, and how much. */
export function highestOf({ bytes }: StepCourse): { readonly node: number; readonly bytes: number } {
  let node = 0;
  for (let index = 1; index < bytes.length; index++)
    if ((bytes[index] as number) > (bytes[node] as number)) node = index;
  return { node, bytes: bytes[node] ?? 0 };
}
