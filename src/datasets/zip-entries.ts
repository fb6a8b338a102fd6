import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { type Chunks, chunksOf, resumable } from './chunks.ts';
import type { PackedEntry } from './packing.ts';

/** Of the end of the central directory, the last thing in a zip: signature, and the most bytes from there on. */
const endSignature = 0x06054b50;
const longestEnd = 22 + 65_535;
/** Deflate makes at most 1,032 bytes of one, and a piece is inflated at once. */
const pieceSize = 16 * 1024;

type Event =
  | { readonly kind: 'entry'; readonly file: UnzipFile }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

/**
 * The files of a zip (stored or deflated), in the order they lie in it; each is read to its end before the next is
 * asked for. `onInflated` is told of the unpacked bytes and may throw. Rejects where the zip is damaged, encrypted, or
 * lacks its end.
 */
export async function* zipEntries(
  zip: ReadableStream<Uint8Array>,
  onInflated: (bytes: number) => void,
): AsyncGenerator<PackedEntry, void, undefined> {
  const events: Event[] = [];
  const unzip = new Unzip((file) => {
    events.push({ kind: 'entry', file });
    file.ondata = (error, bytes, final) => {
      if (error) throw error;
      onInflated(bytes.length);
      if (bytes.length > 0) events.push({ kind: 'data', bytes });
      if (final) events.push({ kind: 'end' });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let tail = new Uint8Array(0);
  const pieces = piecesOf(chunksOf(zip));
  const next = async (): Promise<Event | undefined> => {
    for (;;) {
      const event = events.shift();
      if (event !== undefined) return event;
      const { done, value: piece } = await pieces.next();
      if (done) return undefined;
      tail = lastBytes(tail, piece);
      unzip.push(piece);
    }
  };
  const body = (): Chunks => {
    let ended = false;
    return resumable(async () => {
      const event = ended ? ({ kind: 'end' } as const) : await next();
      if (event === undefined || event.kind === 'entry') throw new Error('an entry ends early');
      ended = event.kind === 'end';
      return event.kind === 'data' ? { done: false, value: event.bytes } : { done: true, value: undefined };
    });
  };
  try {
    let count = 0;
    for (let event = await next(); event !== undefined; event = await next()) {
      // Empty pieces before the next entry.
      if (event.kind !== 'entry') continue;
      const { name, originalSize } = event.file;
      count++;
      const chunks = body();
      if (name.endsWith('/')) for await (const _ of chunks);
      else yield { path: name, size: originalSize, chunks };
    }
    checkEnd(tail, count);
  } finally {
    await pieces.return(undefined);
  }
}

async function* piecesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieceSize) yield chunk.subarray(at, at + pieceSize);
  }
  return undefined;
}

/** The last bytes of the file so far: enough to hold the end of a central directory. */
function lastBytes(before: Uint8Array, piece: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(before.length + piece.length);
  joined.set(before);
  joined.set(piece, before.length);
  return joined.slice(Math.max(0, joined.length - longestEnd));
}

/** Throws where the file does not end as a zip does, or tells of another number of entries than there were. */
function checkEnd(tail: Uint8Array, count: number): void {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const told = view.getUint16(at + 10, true);
    // 65,535 stands for a number told in the larger form of the directory.
    if (told !== 0xffff && told !== count % 0x10000) throw new Error(`it tells of ${told} entries and has ${count}`);
    return;
  }
  throw new Error('its end is missing');
}
