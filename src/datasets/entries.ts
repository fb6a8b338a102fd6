import { fail, ok, type Result } from '../base/result.ts';
import { EndsEarly } from './byte-reader.ts';
import type { Chunks } from './chunks.ts';
import { chunksOf, firstBytes, wholeOf } from './chunks.ts';
import { InflatesTooFar, type Inflation, inflate } from './inflation.ts';
import { baseName, type NamedFile, reasonOf } from './named-file.ts';
import { tarEntries } from './tar-entries.ts';
import { thousands } from './thousands.ts';
import { zipEntries } from './zip-entries.ts';

/** A file as given, or one inside an archive. */
export interface Entry {
  /** With its folders. */
  readonly path: string;
  /** For people: the path, and which archive it is in. */
  readonly shown: string;
  /** Bytes, as far as they are told beforehand. */
  readonly size: number | undefined;
  /** Its bytes, once. What is not read is passed over. Rejects where the archive is damaged or the file unreadable. */
  readonly chunks: Chunks;
}

/** What an archive's reader yields; a wrong or missing end rejects. */
export interface PackedEntry {
  readonly path: string;
  readonly size: number | undefined;
  readonly chunks: Chunks;
}

/** How a file is packed, by its first bytes, whatever its name says. */
export type Packing = 'none' | 'gzip' | 'tar' | 'gzip-tar' | 'zip';

/** Given each entry in turn; a failure stops the reading. */
export type Visit = (entry: Entry) => Promise<Result<void>>;

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

/**
 * Hands on every file in `file`: those of a zip, tar or gzipped tar, what a .gz holds, or the file itself; folders,
 * links and hidden files (.DS_Store, __MACOSX) are passed over. At most what `visit` keeps is in memory.
 *
 * Fails where an archive is cut off or damaged, inflates without end, or names a place outside of itself. `howFar` says
 * what of the entry was whole at that time, in a sentence.
 */
export async function walkEntries(
  file: NamedFile,
  packing: Packing,
  visit: Visit,
  howFar: () => string = () => '',
): Promise<Result<void>> {
  const { name } = file;
  if (file.size === 0) return fail(`${name} is empty. Download or copy it again.`, name);
  const gauge = { packed: 0, unpacked: 0 };
  let seen = 0;
  let inside = name;
  try {
    for await (const entry of entriesOf(file, packing, gauge)) {
      const archived = packing !== 'none';
      const shown = archived ? `${entry.path} in ${name}` : name;
      inside = shown;
      if (archived && leavesArchive(entry.path)) {
        return fail(
          `${name} holds "${entry.path}", a place outside of the archive. It was made to do harm; nothing was read.`,
          name,
        );
      }
      if (!archived || !isHidden(entry.path)) {
        const visited = await visit({ ...entry, shown });
        if (!visited.ok) return visited;
      }
      // An archive goes on only behind the end of this entry.
      if (archived && packing !== 'gzip') for await (const _ of entry.chunks);
      seen++;
    }
    return ok(undefined);
  } catch (error) {
    if (error instanceof InflatesTooFar) return fail(`${name} ${error.message}`, name);
    if (error instanceof EndsEarly) {
      return fail(`${inside} is cut off: ${error.message}, where more should follow. Download it again.`, name);
    }
    if (packing === 'none') {
      return fail(
        `${name} could not be read (${reasonOf(error)}). See that it still exists and may be opened, then try again.`,
        name,
      );
    }
    const told = howFar();
    const sentence = told === '' ? '' : `${told} `;
    const where = inside === name ? 'in its first entry' : `in or behind ${inside}`;
    return fail(
      `${name} is cut off or damaged (${reasonOf(error)}): ${where}, after ${thousands(gauge.packed)} of its ` +
        `${thousands(file.size)} bytes; ${thousands(seen)} ${seen === 1 ? 'entry was' : 'entries were'} whole. ${sentence}Download it again.`,
      name,
    );
  }
}

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

async function* entriesOf(
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

const leavesArchive = (path: string): boolean =>
  /^([a-z]:|[\\/])/i.test(path) || path.includes('\0') || path.split(/[\\/]/).includes('..');

const isHidden = (path: string): boolean => baseName(path).startsWith('.') || path.split('/').includes('__MACOSX');

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

/** The whole of an entry. Fails where it has more than `most` bytes. */
export async function readWhole(entry: Entry, most: number): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { shown, size } = entry;
  if (size !== undefined && size > most) return tooLarge(shown, size, most);
  const bytes = await wholeOf(entry.chunks, most, size);
  return bytes === undefined ? tooLarge(shown, undefined, most) : ok(bytes);
}

const tooLarge = (shown: string, size: number | undefined, most: number) =>
  fail(
    `${shown} has ${size === undefined ? 'more' : `${thousands(size)} bytes, more`} than the ${thousands(most)} bytes that such a file may have. It must be another file.`,
    shown,
  );
