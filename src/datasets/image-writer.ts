import { ok, type Result } from '../base/result.ts';
import type { ImageSink, ImageStore } from './image-store.ts';
import { resizeSquare } from './resize.ts';
import type { ReadContext } from './set-reader.ts';

/** Brings square images of one size to another and hands them to a sink. */
export interface ImageWriter {
  /** Pixels of a side, as images are given to `write`. */
  readonly readSize: number;
  /** Pixels of a side, as they are kept. */
  readonly imageSize: number;
  /** Images written so far. */
  readonly count: number;
  /** Appends images, uint8 RGB [n, size, size, 3] of the size read. */
  write(images: Uint8Array): Promise<Result<void>>;
  finish(): Promise<Result<ImageStore>>;
  discard(): Promise<void>;
}

/** A writer of images that are read with `from` pixels a side and kept with as many as the context wants. */
export async function openWriter(context: ReadContext, from: number): Promise<Result<ImageWriter>> {
  const to = context.resolution === 'native' ? from : context.resolution;
  const opened = await context.openSink(to * to * 3);
  if (!opened.ok) return opened;
  return ok(writerOf(opened.value, from, to));
}

function writerOf(sink: ImageSink, from: number, to: number): ImageWriter {
  const strideFrom = from * from * 3;
  const strideTo = to * to * 3;
  let count = 0;
  return {
    readSize: from,
    imageSize: to,
    get count() {
      return count;
    },
    async write(images) {
      const more = images.length / strideFrom;
      let kept = images;
      if (from !== to) {
        kept = new Uint8Array(more * strideTo);
        for (let index = 0; index < more; index++) {
          const image = images.subarray(index * strideFrom, (index + 1) * strideFrom);
          kept.set(resizeSquare(image, from, to), index * strideTo);
        }
      }
      const written = await sink.write(kept);
      if (written.ok) count += more;
      return written;
    },
    finish: async () => sink.finish(),
    discard: async () => sink.discard(),
  };
}
