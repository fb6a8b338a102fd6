import { ok, type Result } from '../../base/result.ts';
import type { ImageStore } from '../../datasets/image-store.ts';
import type { FileStore } from '../file-store.ts';

/** An open file of images, read at any place without a wait, so that a batch is gathered between two steps. */
export interface OpenShard {
  /** Fills `into` from byte `at` on. @throws where the file can no longer be read */
  read(into: Uint8Array, at: number): void;
  close(): void;
}

/** Opens a stored file by its path. */
export type ShardOpener = (path: string) => Promise<Result<OpenShard>>;

/** Bytes of a shard: few files, and little memory while one is written or checked. */
const shardSize = 32 * 1024 * 1024;

/** Images in a shard, all but the last. */
export const imagesPerShard = (stride: number): number => Math.max(1, Math.floor(shardSize / stride));

export const shardName = (index: number): string => `images-${String(index).padStart(5, '0')}`;

/** Images in shards that are read when asked. `close` ends that. */
export interface ShardedImages extends ImageStore {
  close(): void;
}

/** Opens images that lie in the shards of a folder. */
export async function openSharded(
  open: ShardOpener,
  folder: string,
  stride: number,
  count: number,
): Promise<Result<ShardedImages>> {
  const each = imagesPerShard(stride);
  const shards: OpenShard[] = [];
  const close = () => {
    for (const shard of shards) shard.close();
  };
  for (let index = 0; index * each < count; index++) {
    const shard = await open(`${folder}/${shardName(index)}`);
    if (!shard.ok) {
      close();
      return shard;
    }
    shards.push(shard.value);
  }
  return ok({
    count,
    stride,
    close,
    copy(index, into, at) {
      const shard = shards[Math.floor(index / each)] as OpenShard;
      shard.read(into.subarray(at, at + stride), (index % each) * stride);
    },
  });
}

/** Writes images as shards, one after another; `onShard` is told of each. */
export async function writeShards(
  files: FileStore,
  folder: string,
  images: readonly ImageStore[],
  onShard: (contents: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<Result<void>> {
  const stride = images[0]?.stride ?? 1;
  const total = images.reduce((sum, { count }) => sum + count, 0);
  const each = imagesPerShard(stride);
  let shard = new Uint8Array(Math.min(each, total) * stride);
  let here = 0;
  let written = 0;
  for (const store of images) {
    for (let index = 0; index < store.count; index++) {
      store.copy(index, shard, here * stride);
      here++;
      const left = total - written * each - here;
      if (here < each && left > 0) continue;
      const contents = shard.subarray(0, here * stride);
      await onShard(contents);
      const done = await files.write(`${folder}/${shardName(written)}`, contents);
      if (!done.ok) return done;
      written++;
      here = 0;
      shard = new Uint8Array(Math.min(each, left) * stride);
    }
  }
  return ok(undefined);
}
