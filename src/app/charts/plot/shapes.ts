import { type Axis, placeOf } from '../series/axis.ts';
import type { Point } from '../series/points.ts';

/** Something drawn in a plot, in the units of its axes; the same on the page and in files. */
export type Shape = LineShape | BoxShape;

export interface LineShape {
  readonly kind: 'line';
  /** Unique in its plot. */
  readonly id: string;
  readonly points: readonly Point[];
  readonly colour: string;
  readonly width: number;
  readonly opacity: number;
  readonly dash: string | undefined;
  readonly dots: boolean;
}

/** A bar, or a piece of a strip. */
export interface BoxShape {
  readonly kind: 'box';
  readonly id: string;
  /** Its sides on the horizontal axis. */
  readonly from: number;
  readonly to: number;
  /** Its ends on the vertical axis. */
  readonly low: number;
  readonly high: number;
  readonly colour: string;
  readonly opacity: number;
}

/** A plot's two axes and the size of its area in pixels. */
export interface PlotFrame {
  readonly horizontal: Axis;
  readonly vertical: Axis;
  readonly width: number;
  readonly height: number;
}

/** Radius of the dots of a line: never thinner than the line. */
export const dotRadius = ({ width }: LineShape): number => Math.max(2.5, width);

/** More points than this are a line and no dots. */
const mostDots = 60;

/** Pixels beyond the area that a line may reach: renderers lose precision far out. */
const farthest = 5000;

/** Path data of a line; it breaks where a point has no place on the axes. */
export function pathOf(points: readonly Point[], frame: PlotFrame): string {
  let path = '';
  let move = true;
  for (const point of points) {
    const [x, y] = pixelsOf(point, frame);
    if (Number.isNaN(x) || Number.isNaN(y)) {
      move = true;
      continue;
    }
    path += `${move ? 'M' : 'L'}${tenth(x)},${tenth(y)}`;
    move = false;
  }
  return path;
}

/** Centres of the dots of a line that lie in the area. */
export function dotsOf({ dots, points }: LineShape, frame: PlotFrame): readonly { x: number; y: number }[] {
  if (!dots || points.length > mostDots) return [];
  return points.flatMap((point) => {
    const [x, y] = pixelsOf(point, frame);
    const inside = x >= -0.5 && x <= frame.width + 0.5 && y >= -0.5 && y <= frame.height + 0.5;
    return inside ? [{ x: tenth(x), y: tenth(y) }] : [];
  });
}

/** A box in pixels, as far as it lies in the area; undefined where none of it does. */
export function rectOf(
  { from, to, low, high }: BoxShape,
  { horizontal, vertical, width, height }: PlotFrame,
): { x: number; y: number; width: number; height: number } | undefined {
  const left = within(placeOf(horizontal, from)) * width;
  const right = within(placeOf(horizontal, to)) * width;
  // On a logarithmic axis nothing, 0, lies below everything.
  const bottom = within(vertical.log && low <= 0 ? 0 : placeOf(vertical, low)) * height;
  const top = within(vertical.log && high <= 0 ? 0 : placeOf(vertical, high)) * height;
  if (right <= left || top <= bottom) return undefined;
  return { x: tenth(left), y: tenth(height - top), width: tenth(right - left), height: tenth(top - bottom) };
}

function pixelsOf({ x, y }: Point, { horizontal, vertical, width, height }: PlotFrame): readonly [number, number] {
  return [bounded(placeOf(horizontal, x) * width), bounded((1 - placeOf(vertical, y)) * height)];
}

/** Not a number where a value has no place: not finite, or not above 0 on a logarithmic axis. */
const bounded = (pixels: number): number =>
  Number.isFinite(pixels) ? Math.min(farthest, Math.max(-farthest, pixels)) : Number.NaN;

const within = (place: number): number => Math.min(1, Math.max(0, place));

const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;
