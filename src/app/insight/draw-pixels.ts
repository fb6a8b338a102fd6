/** Bytes [height,width,3] from `start` as RGBA. */
export function rgba(bytes: Uint8Array, start: number, pixels: number): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) data[pixel * 4 + channel] = bytes[start + pixel * 3 + channel] ?? 0;
    data[pixel * 4 + 3] = 255;
  }
  return data;
}

/** RGBA to bytes [height,width,3]; what is transparent is white. */
export function rgb(data: Uint8ClampedArray): Uint8Array {
  const bytes = new Uint8Array((data.length / 4) * 3);
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    const alpha = (data[pixel * 4 + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++)
      bytes[pixel * 3 + channel] = Math.round((data[pixel * 4 + channel] ?? 0) * alpha + 255 * (1 - alpha));
  }
  return bytes;
}

/** Shades of grey for one map, from its least to its most; 0 for a map that is the same everywhere. */
export function shades(values: Float32Array): Uint8Array {
  const least = values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((found, value) => Math.max(found, value), Number.NEGATIVE_INFINITY);
  const range = most - least;
  return Uint8Array.from(values, (value) => (range > 0 ? Math.round(((value - least) / range) * 255) : 0));
}

/** The square in the middle of a picture, to be scaled to the network's size. */
export function middleSquare(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}
