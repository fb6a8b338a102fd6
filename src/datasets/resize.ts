/** An image, uint8 [height, width, channels] with RGB first. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** Which pixels of a side make pixel i of the result, and with which weights. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

/**
 * Brings the shorter side of an image to `size` and keeps the middle: uint8 RGB [size, size, 3]. A triangle filter as
 * wide as the scale (Pillow's BILINEAR): shrinking averages, enlarging is linear between pixel centres. At equal size it
 * changes nothing. Plain double arithmetic, so the same bytes on every machine.
 */
export function fitSquare(image: Raster, size: number): Uint8Array {
  const side = Math.min(image.width, image.height);
  if (side === size) return cropSquare(image, size);
  const columns = tapsOf(side, size, Math.floor((image.width - side) / 2));
  const rows = tapsOf(side, size, Math.floor((image.height - side) / 2));
  const { pixels, width, channels } = image;
  // Columns first, of only those rows that are used.
  const top = rows.first[0] as number;
  const bottom = (rows.first[size - 1] as number) + (rows.weights[size - 1] as Float64Array).length;
  const narrow = new Float64Array((bottom - top) * size * 3);
  for (let row = top, to = 0; row < bottom; row++) {
    for (let column = 0; column < size; column++, to += 3) {
      const weights = columns.weights[column] as Float64Array;
      let at = (row * width + (columns.first[column] as number)) * channels;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (const weight of weights) {
        red += weight * (pixels[at] as number);
        green += weight * (pixels[at + 1] as number);
        blue += weight * (pixels[at + 2] as number);
        at += channels;
      }
      narrow[to] = red;
      narrow[to + 1] = green;
      narrow[to + 2] = blue;
    }
  }
  const result = new Uint8Array(size * size * 3);
  const line = size * 3;
  const sums = new Float64Array(line);
  for (let row = 0; row < size; row++) {
    sums.fill(0.5);
    let at = ((rows.first[row] as number) - top) * line;
    for (const weight of rows.weights[row] as Float64Array) {
      for (let place = 0; place < line; place++)
        sums[place] = (sums[place] as number) + weight * (narrow[at + place] as number);
      at += line;
    }
    // Truncated after the half was added: rounds. Weights are positive and sum to 1, so it stays within 0..255.
    result.set(sums, row * line);
  }
  return result;
}

/** The middle of an image whose shorter side is `size`. */
function cropSquare({ width, height, channels, pixels }: Raster, size: number): Uint8Array {
  const result = new Uint8Array(size * size * 3);
  const left = Math.floor((width - size) / 2);
  const top = Math.floor((height - size) / 2);
  for (let row = 0, to = 0; row < size; row++) {
    let at = ((top + row) * width + left) * channels;
    for (let column = 0; column < size; column++, at += channels, to += 3) {
      result[to] = pixels[at] as number;
      result[to + 1] = pixels[at + 1] as number;
      result[to + 2] = pixels[at + 2] as number;
    }
  }
  return result;
}

/** A square RGB image [from, from, 3] at another size. */
export const resizeSquare = (pixels: Uint8Array, from: number, to: number): Uint8Array =>
  from === to ? pixels : fitSquare({ width: from, height: from, channels: 3, pixels }, to);

const known = new Map<string, Taps>();

/** The taps that bring `from` pixels, of which the first is number `offset`, to `to`. */
function tapsOf(from: number, to: number, offset: number): Taps {
  const key = `${from}/${to}/${offset}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const scale = from / to;
  const radius = Math.max(1, scale);
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale;
    const low = Math.max(0, Math.floor(centre - radius + 0.5));
    const high = Math.min(from, Math.floor(centre + radius + 0.5));
    const raw = Float64Array.from({ length: high - low }, (_, place) =>
      Math.max(0, 1 - Math.abs(low + place + 0.5 - centre) / radius),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    first[index] = offset + low;
    return raw.map((weight) => weight / total);
  });
  const taps = { first, weights };
  // Photos come in many sizes; few are in use at a time.
  if (known.size > 200) known.clear();
  known.set(key, taps);
  return taps;
}
