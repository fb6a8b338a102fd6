import { type Chunks, chunksOf, firstBytes } from './chunks.ts';
import { type Inflation, inflate } from './inflation.ts';
import { baseName, isHidden, type NamedFile } from './named-file.ts';
import { tarEntries } from './tar-entries.ts';
import { thousands } from './thousands.ts';
import { zipEntries } from './zip-entries.ts';

/** What an archive's reader yields; a wrong or missing end rejects. */
export interface PackedEntry {
  readonly path: string;
  readonly size: number | undefined;
  readonly chunks: Chunks;
}

/** How a file is packed, by its first bytes, whatever its name says. */
export type Packing = 'none' | 'gzip' | 'tar' | 'gzip-tar' | 'zip';

/** Finds out how a file is packed. Rejects where it cannot be read. */
export async function packingOf(file: NamedFile): Promise<Packing> {
  const head = await firstBytes(chunksOf(file.stream()), tarHeader);
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip';
  if (isTar(head)) return 'tar';
  if (head[0] !== 0x1f || head[1] !== 0x8b) return 'none';
  try {
    return isTar(await firstBytes(chunksOf(file.stream().pipeThrough(gunzip())), tarHeader)) ? 'gzip-tar' : 'gzip';
  } catch {
    return 'gzip';
  }
}

const tarHeader = 262;
const isTar = (head: Uint8Array): boolean => String.fromCharCode(...head.subarray(257, 262)) === 'ustar';

/** How far into an archive the first look goes, in packed bytes and in entries. */
const lookBytes = 2 * 1024 * 1024;
const lookEntries = 40;

/** The paths of an archive's first entries; those before a damaged place. */
export async function firstPaths(file: NamedFile, packing: Packing): Promise<string[]> {
  const gauge = { packed: 0, unpacked: 0 };
  const paths: string[] = [];
  try {
    for await (const { path, chunks } of entriesOf(file, packing, gauge)) {
      if (!isHidden(path)) paths.push(path);
      if (paths.length === lookEntries || packing === 'gzip') break;
      for await (const _ of chunks) if (gauge.packed > lookBytes) return paths;
    }
  } catch {
    // What is wrong with it is told when it is read.
  }
  return paths;
}

/** The files in a file, in order; rejects where it is damaged, cut off or unreadable. */
export async function* entriesOf(
  file: NamedFile,
  packing: Packing,
  gauge: Inflation,
): AsyncGenerator<PackedEntry, void, undefined> {
  const { name } = file;
  switch (packing) {
    case 'none':
      yield { path: name, size: file.size, chunks: bytesOf(file) };
      return;
    case 'gzip':
      yield {
        path: baseName(name).replace(/\.gz$/i, ''),
        size: undefined,
        chunks: lazily(() => inflated(file, gauge)),
      };
      return;
    case 'tar':
      yield* tarEntries(file.stream().pipeThrough(counting((bytes) => (gauge.packed += bytes))));
      return;
    case 'gzip-tar':
      yield* tarEntries(inflated(file, gauge));
      return;
    case 'zip':
      yield* zipEntries(file.stream().pipeThrough(counting((bytes) => (gauge.packed += bytes))), (bytes) =>
        inflate(gauge, bytes),
      );
  }
}

/** A file's own bytes, opened when they are first read; rejects where there are more or fewer than it said. */
async function* bytesOf(file: NamedFile): AsyncGenerator<Uint8Array, void, undefined> {
  const { size } = file;
  let length = 0;
  for await (const chunk of chunksOf(file.stream())) {
    length += chunk.length;
    if (length > size) throw new Error(`it changed while it was read: it has more than its ${thousands(size)} bytes`);
    yield chunk;
  }
  if (length < size) {
    throw new Error(`it changed while it was read: it has only ${thousands(length)} of its ${thousands(size)} bytes`);
  }
}

/** A stream that is opened when it is first read. */
async function* lazily(open: () => ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* chunksOf(open());
}

/** A gzipped file's contents. */
const inflated = (file: NamedFile, gauge: Inflation): ReadableStream<Uint8Array> =>
  file
    .stream()
    .pipeThrough(counting((bytes) => (gauge.packed += bytes)))
    .pipeThrough(gunzip())
    .pipeThrough(counting((bytes) => inflate(gauge, bytes)));

/** Passes bytes on and tells how many. */
const counting = (onBytes: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> =>
  new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.length);
      controller.enqueue(chunk);
    },
  });

/** DOM's types want chunks of any buffer in, and give such as no shared buffer holds. */
const gunzip = (): ReadableWritablePair<Uint8Array, Uint8Array> =>
  new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>;
