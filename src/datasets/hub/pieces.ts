import type { AsyncBuffer } from 'hyparquet';
import { fetchRange, fetchWhole, type RemoteFile } from './fetch-bytes.ts';
import type { ByteRange } from './parquet-table.ts';
import type { HubAccess } from './request.ts';

/** Keeps what was fetched, so that a loading that broke off goes on where it was; by name, whole or not at all. */
export interface PieceStore {
  read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/** Bytes of a piece that is put together of ranges that lie close to each other. */
const pieceSize = 8 * 1024 * 1024;

/** Bytes between two ranges that are fetched along rather than asked for by a request more. */
const gap = 64 * 1024;

/** Requests under way at a time. */
const ahead = 3;

/** Ranges joined to pieces, ascending. Every range lies in one piece. */
export function piecesOf(ranges: readonly ByteRange[]): ByteRange[] {
  const pieces: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = pieces.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (last !== undefined && start - last.end <= gap && end - last.start <= pieceSize) last.end = end;
    else pieces.push({ start, end });
  }
  return pieces;
}

/** Bytes of pieces. */
export const bytesOf = (pieces: readonly ByteRange[]): number =>
  pieces.reduce((sum, { start, end }) => sum + end - start, 0);

interface Options {
  readonly access: HubAccess;
  readonly store: PieceStore;
  /** Told of bytes of pieces as they arrive, or are found in the store. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * A remote file for the Parquet reader, of which only some pieces are read, in ascending order: the next ones are fetched
 * meanwhile, those before are dropped. Everything fetched is kept in the store.
 */
export function pieceFile(file: RemoteFile, pieces: readonly ByteRange[], options: Options): AsyncBuffer {
  const { access, store, onBytes } = options;
  const held = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  const load = async ({ start, end }: ByteRange): Promise<Uint8Array<ArrayBuffer>> => {
    const key = pieceKey(file, start, end);
    const kept = await store.read(key);
    if (kept?.length === end - start) {
      onBytes(kept.length);
      return kept;
    }
    const bytes = await fetchRange(file, start, end, access, onBytes);
    await store.write(key, bytes);
    return bytes;
  };
  const want = (index: number): Promise<Uint8Array<ArrayBuffer>> => {
    for (const known of held.keys()) if (known < index - 1) held.delete(known);
    for (let next = index; next < Math.min(pieces.length, index + ahead); next++) {
      if (held.has(next)) continue;
      const loading = load(pieces[next] as ByteRange);
      // Whoever wants it hears of the failure; until then it is not unhandled.
      loading.catch(() => {});
      held.set(next, loading);
    }
    return held.get(index) as Promise<Uint8Array<ArrayBuffer>>;
  };
  return {
    byteLength: file.size,
    async slice(start, end = file.size) {
      const index = pieces.findIndex((piece) => piece.start <= start && end <= piece.end);
      const piece = pieces[index];
      if (piece === undefined) return (await fetchRange(file, start, end, access)).buffer;
      const bytes = await want(index);
      return bytes.slice(start - piece.start, end - piece.start).buffer;
    },
  };
}

/** The footer of a file is fetched alone, before it is known which pieces are needed. */
export function footerFile(file: RemoteFile, { access, store }: Pick<Options, 'access' | 'store'>): AsyncBuffer {
  return {
    byteLength: file.size,
    async slice(start, end = file.size) {
      const key = pieceKey(file, start, end);
      const kept = await store.read(key);
      if (kept?.length === end - start) return kept.slice().buffer;
      const bytes = await fetchRange(file, start, end, access);
      await store.write(key, bytes);
      return bytes.buffer;
    },
  };
}

/** A whole file in memory, from the store or the hub. */
export async function wholeFile(file: RemoteFile, { access, store, onBytes }: Options): Promise<AsyncBuffer> {
  const key = pieceKey(file, 0, file.size);
  const kept = await store.read(key);
  if (kept?.length === file.size) {
    onBytes(kept.length);
    return kept.slice().buffer;
  }
  const bytes = await fetchWhole(file, access, onBytes);
  await store.write(key, bytes);
  return bytes.buffer;
}

const pieceKey = ({ url, size }: RemoteFile, start: number, end: number): string => `${url}#${size}/${start}-${end}`;
