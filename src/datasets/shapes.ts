import type { RandomStream } from '../base/random.ts';

/**
 * Signed distance of a point from the edge of a figure, in pixels, negative inside: about right near the edge, which is
 * all that anti-aliasing needs. x, y in pixels from the figure's centre, already rotated.
 */
export type Distance = (x: number, y: number) => number;

/** A figure of one class with its measures drawn. */
export interface Figure {
  readonly distance: Distance;
  /** Reach from the centre in pixels; patterns that fill the whole image have none. */
  readonly radius: number | undefined;
  /** Greatest angle it is turned by either way, radians; any angle where left out. */
  readonly tilt?: number;
}

/** A class of the synthetic set. No class turns into another when mirrored, turned or scaled. */
export interface ShapeClass {
  readonly name: string;
  draw(stream: RandomStream): Figure;
}

/** Square and triangle are told apart by their slants; turned further than this a small network takes long to learn. */
const upright = Math.PI / 12;

const between = (stream: RandomStream, low: number, high: number): number => low + (high - low) * stream.uniform();

/** Math.hypot without its care for overflow, which costs ten times as much. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** Distance from the nearest multiple of `period`. */
const toNearest = (value: number, period: number): number => Math.abs(value - period * Math.round(value / period));

function disc(stream: RandomStream): Figure {
  const radius = between(stream, 7, 12);
  return { radius, distance: (x, y) => length(x, y) - radius };
}

function ring(stream: RandomStream): Figure {
  const radius = between(stream, 7.5, 12.5);
  const half = between(stream, 1.1, 1.9);
  return { radius, distance: (x, y) => Math.abs(length(x, y) - radius + half) - half };
}

function square(stream: RandomStream): Figure {
  const half = between(stream, 6.5, 9.5);
  return { radius: half * Math.SQRT2, tilt: upright, distance: (x, y) => Math.max(Math.abs(x), Math.abs(y)) - half };
}

function triangle(stream: RandomStream): Figure {
  const radius = between(stream, 11.5, 15.5);
  const slope = Math.sqrt(3) / 2;
  return { radius, tilt: upright, distance: (x, y) => Math.max(y, slope * Math.abs(x) - y / 2) - radius / 2 };
}

function star(stream: RandomStream): Figure {
  const radius = between(stream, 11, 15);
  const sector = (2 * Math.PI) / 5;
  // The edge of half a point runs from the tip (radius, 0) to the notch at half a sector.
  const notch = 0.38 * radius;
  const edgeX = notch * Math.cos(sector / 2) - radius;
  const edgeY = notch * Math.sin(sector / 2);
  const edge = Math.hypot(edgeX, edgeY);
  return {
    radius,
    distance: (x, y) => {
      const angle = Math.atan2(y, x);
      const folded = Math.abs(angle - sector * Math.round(angle / sector));
      const reach = length(x, y);
      const alongX = reach * Math.cos(folded) - radius;
      const alongY = reach * Math.sin(folded);
      return (alongY * -edgeX + alongX * edgeY) / edge;
    },
  };
}

function cross(stream: RandomStream): Figure {
  const radius = between(stream, 8.5, 13.5);
  const half = radius * between(stream, 0.18, 0.28);
  return {
    radius,
    distance: (x, y) => {
      const across = Math.abs(x);
      const along = Math.abs(y);
      return Math.min(Math.max(across - radius, along - half), Math.max(along - radius, across - half));
    },
  };
}

function spiral(stream: RandomStream): Figure {
  const radius = between(stream, 10.5, 14.5);
  const pitch = between(stream, 5.5, 7);
  const half = pitch * between(stream, 0.2, 0.27);
  const turn = stream.below(2) === 0 ? 1 : -1;
  return {
    radius,
    distance: (x, y) => {
      const reach = length(x, y);
      const arm = toNearest(reach - (turn * pitch * Math.atan2(y, x)) / (2 * Math.PI), pitch) - half;
      return Math.max(arm, reach - radius);
    },
  };
}

function stripes(stream: RandomStream): Figure {
  const period = between(stream, 4.5, 10);
  const half = period * between(stream, 0.2, 0.3);
  return { radius: undefined, distance: (x) => toNearest(x, period) - half };
}

function checks(stream: RandomStream): Figure {
  const cell = between(stream, 4, 7.5);
  return {
    radius: undefined,
    distance: (x, y) => {
      const edge = Math.min(toNearest(x, cell), toNearest(y, cell));
      return (Math.floor(x / cell) + Math.floor(y / cell)) % 2 === 0 ? edge : -edge;
    },
  };
}

function dots(stream: RandomStream): Figure {
  const period = between(stream, 6.5, 10.5);
  const radius = period * between(stream, 0.24, 0.34);
  return { radius: undefined, distance: (x, y) => length(toNearest(x, period), toNearest(y, period)) - radius };
}

/** The ten classes, in label order. */
export const shapeClasses: readonly ShapeClass[] = [
  { name: 'disc', draw: disc },
  { name: 'ring', draw: ring },
  { name: 'square', draw: square },
  { name: 'triangle', draw: triangle },
  { name: 'star', draw: star },
  { name: 'cross', draw: cross },
  { name: 'spiral', draw: spiral },
  { name: 'stripes', draw: stripes },
  { name: 'checkerboard', draw: checks },
  { name: 'dots', draw: dots },
];
