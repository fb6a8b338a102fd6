import { fail, ok, type Result } from '../../base/result.ts';
import { type ImageSink, imagesInMemory } from '../../datasets/image-store.ts';
import type { SetFiles } from './set-cache.ts';
import { imagesPerShard, openSharded, type ShardedImages, shardName } from './shards.ts';

/** Where images go that are too many for memory, until the set is stored. */
const folder = 'spilled';

/** A sink that keeps images in memory up to a limit; beyond it all of them go to files, and are read from there. */
export interface SpillingSink extends ImageSink {
  /** Whether images lie in files now. */
  readonly spilled: boolean;
  /** Deletes those files; the store that `finish` gave is then no more. */
  clear(): Promise<void>;
}

export function spillingSink({ files, open }: SetFiles, stride: number, memoryLimit: number): SpillingSink {
  const each = imagesPerShard(stride);
  let shards: Uint8Array<ArrayBuffer>[] = [];
  let count = 0;
  let flushed = 0;
  let spilled = false;
  let sharded: ShardedImages | undefined;

  /** Writes the shards that are full, or all. */
  const flush = async (all: boolean): Promise<Result<void>> => {
    while (shards.length > (all ? 0 : 1)) {
      const shard = shards.shift() as Uint8Array<ArrayBuffer>;
      const rows = Math.min(each, count - flushed * each);
      const written = await files.write(`${folder}/${shardName(flushed)}`, shard.subarray(0, rows * stride));
      if (!written.ok)
        return fail(
          `${written.error.message} The set is too large for memory alone: choose a smaller resolution.`,
          'memory',
        );
      flushed++;
    }
    return ok(undefined);
  };
  const clear = async () => {
    sharded?.close();
    sharded = undefined;
    shards = [];
    if (spilled) await files.remove(folder);
  };
  return {
    get spilled() {
      return spilled;
    },
    clear,
    async write(images) {
      const more = images.length / stride;
      for (let done = 0; done < more; ) {
        const place = count % each;
        if (place === 0) {
          shards.push(new Uint8Array(each * stride));
          const flushing = spilled ? await flush(false) : ok(undefined);
          if (!flushing.ok) return flushing;
        }
        const part = Math.min(more - done, each - place);
        shards.at(-1)?.set(images.subarray(done * stride, (done + part) * stride), place * stride);
        count += part;
        done += part;
      }
      if (spilled || count * stride <= memoryLimit) return ok(undefined);
      spilled = true;
      return flush(false);
    },
    async finish() {
      if (!spilled) {
        const stores = shards.map((shard) => imagesInMemory(shard, stride));
        return ok({
          count,
          stride,
          copy: (index, into, at) => stores[Math.floor(index / each)]?.copy(index % each, into, at),
        });
      }
      const flushing = await flush(true);
      if (!flushing.ok) return flushing;
      const opened = await openSharded(open, folder, stride, count);
      if (opened.ok) sharded = opened.value;
      return opened;
    },
    discard: clear,
  };
}
