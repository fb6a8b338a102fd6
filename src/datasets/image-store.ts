import { fail, ok, type Result } from '../base/result.ts';
import { thousands } from './thousands.ts';

/**
 * RGB images of one size, uint8 [size, size, 3] each, by index: whole in memory, or in shards that are read when asked.
 * Stores may share memory; nobody writes to them once made.
 */
export interface ImageStore {
  readonly count: number;
  /** Bytes of an image. */
  readonly stride: number;
  /**
   * Copies image `index` into `into` from byte `at`. Synchronous, so that a batch is gathered between two steps without
   * a wait: shards are read by synchronous file handles.
   * @throws where a shard can no longer be read
   */
  copy(index: number, into: Uint8Array, at: number): void;
}

/** Takes the images of a set one after another, in reading order, and gives them back as a store. */
export interface ImageSink {
  /** Appends whole images. The bytes may be used again after it. Fails where there is no more room. */
  write(images: Uint8Array): Result<void> | Promise<Result<void>>;
  /** Ends writing. Called once, and not after a failure. */
  finish(): Result<ImageStore> | Promise<Result<ImageStore>>;
  /** Throws away what was written; called instead of `finish` where reading failed or was cancelled. */
  discard(): void | Promise<void>;
}

/** Opens the sink of one set of images of `stride` bytes. */
export type OpenSink = (stride: number) => Result<ImageSink> | Promise<Result<ImageSink>>;

/** Bytes of decoded images that are kept in memory unless told otherwise: 512 MiB. */
export const defaultMemoryLimit = 512 * 1024 * 1024;

/** Images in one piece of memory, uint8 [count, size, size, 3]. */
export function imagesInMemory(bytes: Uint8Array, stride: number): ImageStore {
  return {
    count: bytes.length / stride,
    stride,
    copy: (index, into, at) => into.set(bytes.subarray(index * stride, (index + 1) * stride), at),
  };
}

/** The images at `indices` of a store, in that order; nothing is copied. */
export function selectImages(store: ImageStore, indices: Uint32Array): ImageStore {
  return {
    count: indices.length,
    stride: store.stride,
    copy: (index, into, at) => store.copy(indices[index] as number, into, at),
  };
}

/** Bytes of a slab: small enough that little is wasted, large enough that there are few. */
const slabSize = 8 * 1024 * 1024;

/** A sink that keeps the images in memory, and refuses more than `limit` bytes of them. */
export function memorySink(stride: number, limit: number = defaultMemoryLimit): ImageSink {
  const perSlab = Math.max(1, Math.floor(slabSize / stride));
  const slabs: Uint8Array[] = [];
  let count = 0;
  return {
    write(images) {
      const more = images.length / stride;
      if ((count + more) * stride > limit) {
        return fail(
          `These images need more than the ${thousands(Math.round(limit / 1024 / 1024))} MiB of memory they may take. ` +
            'Raise the memory setting, choose a smaller resolution, or read fewer files.',
          'memory',
        );
      }
      for (let done = 0; done < more; ) {
        const place = count % perSlab;
        if (place === 0) slabs.push(new Uint8Array(perSlab * stride));
        const part = Math.min(more - done, perSlab - place);
        slabs.at(-1)?.set(images.subarray(done * stride, (done + part) * stride), place * stride);
        count += part;
        done += part;
      }
      return ok(undefined);
    },
    finish: () =>
      ok({
        count,
        stride,
        copy(index, into, at) {
          const first = (index % perSlab) * stride;
          const slab = slabs[Math.floor(index / perSlab)] as Uint8Array;
          into.set(slab.subarray(first, first + stride), at);
        },
      }),
    discard() {
      slabs.length = 0;
    },
  };
}
