import gifenc from 'gifenc';
import { PNG } from 'pngjs';

/** A screenshot and how long it stays. */
export interface Frame {
  readonly png: Buffer;
  /** Milliseconds. */
  readonly stays: number;
}

/** Colours of the whole picture; one more stands for "as before". */
const colours = 200;

/** Screenshots of one size as an animated GIF: one palette for all, and of each frame only what is not as before. */
export function animate(frames: readonly Frame[]): Uint8Array {
  const decoded = frames.map(({ png, stays }) => ({ ...PNG.sync.read(png), stays }));
  const [first] = decoded;
  if (first === undefined) throw new Error('an animation needs a frame');
  const { width, height } = first;
  const sample = Buffer.concat([first.data, (decoded.at(-1) ?? first).data]);
  const palette = [...gifenc.quantize(new Uint8Array(sample), colours), [0, 0, 0]];
  const asBefore = palette.length - 1;
  const encoder = gifenc.GIFEncoder();
  let before: Uint8Array | undefined;
  for (const { data, stays } of decoded) {
    const indices = gifenc.applyPalette(new Uint8Array(data), palette.slice(0, -1));
    const known = before;
    const written =
      known === undefined ? indices : indices.map((index, pixel) => (index === known[pixel] ? asBefore : index));
    const transparency = known === undefined ? {} : { transparent: true, transparentIndex: asBefore };
    encoder.writeFrame(written, width, height, {
      ...(known === undefined ? { palette } : {}),
      ...transparency,
      delay: stays,
      dispose: 1,
    });
    before = indices;
  }
  encoder.finish();
  return encoder.bytes();
}
