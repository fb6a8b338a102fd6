import type { RandomStream } from '../base/random.ts';
import type { Figure } from './shapes.ts';

/** How much lighter the ink is than the ground at least, in grey levels over red, green and blue together. */
const contrast = 200;
/** Share of the room around a figure that its place is drawn from: all of it makes early training slow. */
const wander = 0.85;
/** Standard deviation of how far a colour drifts from one side of the image to the other, grey levels. */
const drift = 20;
/** Noise: standard deviation in grey levels, drawn anew for each image. */
const noise = { least: 2, most: 9 };

/** A colour that changes linearly over the image: per channel its value at the centre and its change along x and y. */
type Wash = Float64Array;

/**
 * Paints one figure on a background into `pixels` [size, size, 3]: random place, angle, colours, gradients and noise.
 * The figure is always lighter than its ground; hue and brightness tell nothing of the class.
 */
export function paint(figure: Figure, size: number, stream: RandomStream, pixels: Uint8Array): void {
  const middle = (size - 1) / 2;
  // A figure stays inside the image but for a pixel or two; of a pattern any part may show.
  const play = figure.radius === undefined ? middle : wander * Math.max(1.5, size / 2 - figure.radius);
  const centreX = middle + play * (2 * stream.uniform() - 1);
  const centreY = middle + play * (2 * stream.uniform() - 1);
  const angle = (figure.tilt ?? Math.PI) * (2 * stream.uniform() - 1);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const [ground, ink] = colours(stream, size);
  // One byte of noise is uniform over 256 values, whose standard deviation is 73.9.
  const grain = (noise.least + (noise.most - noise.least) * stream.uniform()) / 73.9;

  let at = 0;
  for (let row = 0; row < size; row++) {
    const dy = row - centreY;
    for (let column = 0; column < size; column++) {
      const dx = column - centreX;
      const distance = figure.distance(cosine * dx + sine * dy, cosine * dy - sine * dx);
      const cover = distance <= -0.5 ? 1 : distance >= 0.5 ? 0 : 0.5 - distance;
      const x = column - middle;
      const y = row - middle;
      let random = stream.nextUint32();
      for (let channel = 0; channel < 3; channel++) {
        const base = 3 * channel;
        let value = (ground[base] as number) + (ground[base + 1] as number) * x + (ground[base + 2] as number) * y;
        if (cover > 0) {
          const above = (ink[base] as number) + (ink[base + 1] as number) * x + (ink[base + 2] as number) * y;
          value += cover * (above - value);
        }
        value += grain * ((random & 255) - 127.5);
        random >>>= 8;
        pixels[at++] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
      }
    }
  }
}

/** A darker ground and a lighter ink, far enough apart, each with a gradient of its own. */
function colours(stream: RandomStream, size: number): [Wash, Wash] {
  const colour = (low: number, high: number): number[] => [0, 0, 0].map(() => low + (high - low) * stream.uniform());
  const ground = colour(15, 120);
  let ink = colour(90, 240);
  while (ink.reduce((sum, value, channel) => sum + value - (ground[channel] as number), 0) < contrast)
    ink = colour(90, 240);
  return [wash(ground, stream, size), wash(ink, stream, size)];
}

function wash(middle: number[], stream: RandomStream, size: number): Wash {
  const angle = 2 * Math.PI * stream.uniform();
  const result = new Float64Array(9);
  for (let channel = 0; channel < 3; channel++) {
    const change = (drift * stream.normal()) / size;
    result[3 * channel] = middle[channel] as number;
    result[3 * channel + 1] = change * Math.cos(angle);
    result[3 * channel + 2] = change * Math.sin(angle);
  }
  return result;
}
