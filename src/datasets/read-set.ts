import { fail, ok, type Result } from '../base/result.ts';
import { cifar10Reader, cifar100Reader } from './cifar.ts';
import type { Dataset } from './dataset.ts';
import { listed } from './file-sums.ts';
import { findReader } from './find-reader.ts';
import { parquetReader } from './hub/parquet-reader.ts';
import type { ImageDecoder } from './image-decoder.ts';
import { defaultMemoryLimit, memorySink, type OpenSink } from './image-store.ts';
import { mnistReader } from './mnist.ts';
import type { NamedFile } from './named-file.ts';
import { photoReader } from './photos.ts';
import type { Resolution, SetIdentity } from './set-reader.ts';
import { stl10Reader } from './stl10.ts';
import { svhnReader } from './svhn.ts';
import { watched } from './watched.ts';

/** What a choice of files holds, found by names and, of archives, the first bytes. */
export interface Detected extends SetIdentity {
  /** The files that will be read; the rest is left out. */
  readonly files: readonly NamedFile[];
  /** What is missing or will be made up, a sentence each; empty where the set is whole as far as names tell. */
  readonly missing: readonly string[];
}

export interface ReadOptions {
  /** For photos; sets in formats of their own do without. */
  readonly decoder: ImageDecoder;
  /** Side to which images are brought: the shorter side is resized to it and the middle kept. Default 'native'. */
  readonly resolution?: Resolution;
  /** Of the split where only a training or only a test part was given. Default 0. */
  readonly seed?: number;
  /** Share of all images kept for testing in such a split, 0 to 1. Default a sixth. */
  readonly testShare?: number;
  /** Images without labels that are kept at most: STL-10 has 100,000, of 2.8 GB. Default 5,000. */
  readonly mostUnlabelled?: number;
  /** Bytes read so far of all bytes of the files. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting it ends the reading soon with a failure whose `where` is 'cancelled'. */
  readonly signal?: AbortSignal;
  /** Where decoded images go. Default: memory, up to `memoryLimit`. */
  readonly openSink?: OpenSink;
  /** Bytes of decoded images the default sink may keep. Default `defaultMemoryLimit`. */
  readonly memoryLimit?: number;
}

/** In this order each is asked whether the files are its own. */
const readers = [
  cifar10Reader,
  cifar100Reader,
  svhnReader,
  stl10Reader,
  mnistReader,
  parquetReader,
  photoReader,
] as const;

/**
 * Says which set the files belong to and what of it is missing. Files that belong to no set are left out beside files of
 * a set; files of two sets, and none of any set, are refused in words.
 */
export async function detectSet(files: readonly NamedFile[]): Promise<Result<Detected>> {
  const found = await findReader(readers, files);
  if (!found.ok) return found;
  const { reader, wanted } = found.value;
  return ok({
    ...reader.identify(wanted),
    files: wanted.map(({ file }) => file),
    missing: reader.missing(wanted),
  });
}

/**
 * Reads a whole set from its files, in any order, streaming: in a browser's worker and on Node alike. The same data has
 * the same checksum however it came (loose files, archive, other version). With only training or only test images a
 * seeded, stratified part is split off, and a note says so; so do notes on files that are not official, and on all else
 * a user should know.
 *
 * Fails, and keeps nothing, on files that are damaged, cut off, unknown, given twice or unreadable, naming the file, the
 * place in it and the remedy; and on cancel.
 */
export async function readSet(files: readonly NamedFile[], options: ReadOptions): Promise<Result<Dataset>> {
  const found = await findReader(readers, files);
  if (!found.ok) return found;
  const { reader, wanted, leftOut } = found.value;
  const total = wanted.reduce((sum, { file }) => sum + file.size, 0);
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    options.onProgress?.(done, total);
  };
  const limit = options.memoryLimit ?? defaultMemoryLimit;
  const read = await reader.read(
    wanted.map((one) => ({ ...one, file: watched(one.file, onBytes, options.signal) })),
    {
      decoder: options.decoder,
      resolution: options.resolution ?? 'native',
      seed: options.seed ?? 0,
      testShare: options.testShare ?? 1 / 6,
      mostUnlabelled: options.mostUnlabelled ?? 5_000,
      openSink: options.openSink ?? ((stride) => ok(memorySink(stride, limit))),
    },
  );
  if (options.signal?.aborted === true) return fail('Reading was cancelled; nothing was kept.', 'cancelled');
  if (!read.ok || leftOut.length === 0) return read;
  return ok({ ...read.value, notes: [...read.value.notes, `Left out: ${listed(leftOut)}.`] });
}
