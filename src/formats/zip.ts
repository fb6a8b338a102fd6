import { Inflate, type Zippable, zipSync } from 'fflate';
import { crc32 } from '../base/crc32.ts';
import { inShort } from '../base/in-short.ts';
import { fail, ok, type Result } from '../base/result.ts';

/** The earliest time a zip can name: equal contents make equal files. */
const fixedTime = new Date(1980, 0, 1);

/** Makes a zip of files by path. Tensor files are stored as they are: their numbers do not compress. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const [path, content] of files)
    entries[path] = [content, { level: path.endsWith('.safetensors') ? 0 : 6, mtime: fixedTime }];
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}

/** Signature of the record that ends a zip, its bytes, and the longest comment after it. */
const end = { signature: 0x06054b50, bytes: 22, comment: 65_535 };
const central = { signature: 0x02014b50, bytes: 46 };
const local = { signature: 0x04034b50, bytes: 30 };
/** Bytes inflated at once; at most 1,032 come out of one. */
const pieceSize = 4 * 1024;
/** Most files taken. */
const mostEntries = 10_000;

export interface ZipLimits {
  /** Bytes that all files together may unpack to. */
  readonly bytes: number;
}

/**
 * Reads the files of a zip (stored or deflated), by path. Nothing is unpacked beyond the sizes its directory claims, and they are
 * checked against the limit first; every checksum is compared. Errors name the file and what is wrong with it: damaged or cut off,
 * encrypted, too large, a path that leads out of its folder or is there twice.
 */
export function readZip(
  bytes: Uint8Array,
  name: string,
  limits: ZipLimits,
): Result<Map<string, Uint8Array<ArrayBuffer>>> {
  const refuse = (why: string) => fail(`${name} is not a usable zip: ${why} Export or download it again.`, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view);
  if (directory === undefined) return refuse('its end is missing; it is cut off, or no zip.');
  if (directory.count > mostEntries) return refuse(`it holds ${directory.count} files, more than ${mostEntries}.`);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = directory.offset;
  let unpacked = 0;
  for (let index = 0; index < directory.count; index++) {
    const entry = readEntry(view, at);
    if (entry === undefined) return refuse('its list of files is damaged.');
    at = entry.next;
    const { path, size } = entry;
    if (path.endsWith('/') && size === 0) continue;
    if (!isPlainPath(path)) return refuse(`the path ${inShort(path)} leads out of its folder.`);
    if (files.has(path)) return refuse(`it holds ${inShort(path)} twice.`);
    unpacked += size;
    if (unpacked > limits.bytes)
      return refuse(`unpacked it is larger than the ${Math.round(limits.bytes / 2 ** 20)} MiB taken here.`);
    const content = unpack(bytes, view, entry);
    if (typeof content === 'string') return refuse(`${inShort(path)} ${content}`);
    files.set(path, content);
  }
  return ok(files);
}

interface Entry {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly check: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  /** Where the next entry of the directory begins. */
  readonly next: number;
}

function findDirectory(view: DataView): { readonly offset: number; readonly count: number } | undefined {
  const last = view.byteLength - end.bytes;
  for (let at = last; at >= Math.max(0, last - end.comment); at--) {
    if (view.getUint32(at, true) !== end.signature) continue;
    return { count: view.getUint16(at + 10, true), offset: view.getUint32(at + 16, true) };
  }
  return undefined;
}

function readEntry(view: DataView, at: number): Entry | undefined {
  if (at + central.bytes > view.byteLength || view.getUint32(at, true) !== central.signature) return undefined;
  const nameLength = view.getUint16(at + 28, true);
  const next = at + central.bytes + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > view.byteLength) return undefined;
  const name = new Uint8Array(view.buffer, view.byteOffset + at + central.bytes, nameLength);
  return {
    path: new TextDecoder().decode(name),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    check: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    next,
  };
}

/** The contents of an entry, or what is wrong with it. */
function unpack(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array<ArrayBuffer> | string {
  const { flags, method, check, packed, size, offset } = entry;
  if (flags & 1) return 'is encrypted.';
  if (offset + local.bytes > bytes.length || view.getUint32(offset, true) !== local.signature) return 'is damaged.';
  const start = offset + local.bytes + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) return 'is cut off.';
  // Deflate makes at most 1,032 bytes of one: a larger claim is a lie, and nothing is allocated for it.
  if (size > 1032 * packed) return 'claims more bytes than it can unpack to.';
  const source = bytes.subarray(start, start + packed);
  const content = method === 0 ? source.slice() : method === 8 ? inflated(source, size) : undefined;
  if (content === undefined)
    return method === 8
      ? 'is damaged: it does not unpack to the size it claims.'
      : `is packed by a method (${method}) that is not read.`;
  if (content.length !== size || crc32(content) !== check) return 'is damaged: its checksum is another.';
  return content as Uint8Array<ArrayBuffer>;
}

/** Inflates piece by piece, and stops where more comes out than was claimed. */
function inflated(source: Uint8Array, size: number): Uint8Array | undefined {
  const content = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((bytes) => {
    if (filled + bytes.length > size) throw new RangeError('longer than claimed');
    content.set(bytes, filled);
    filled += bytes.length;
  });
  try {
    for (let at = 0; at < source.length; at += pieceSize)
      inflate.push(source.subarray(at, at + pieceSize), at + pieceSize >= source.length);
  } catch {
    // fflate throws where the stream is damaged.
    return undefined;
  }
  return filled === size ? content : undefined;
}

/** Whether a path stays in its folder on every system. */
const isPlainPath = (path: string): boolean =>
  path !== '' && !/[\\:\0]/.test(path) && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
