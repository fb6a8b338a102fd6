import { fail, ok, type Result } from '../base/result.ts';
import { ByteReader } from './byte-reader.ts';
import { type Chunks, chunksOf, streamOf } from './chunks.ts';
import { inflate } from './inflation.ts';
import { thousands } from './thousands.ts';

/** A numeric array of a MATLAB file. */
export interface Matrix {
  readonly name: string;
  /** Extents; the first index runs fastest. */
  readonly shape: readonly number[];
  /** How its elements are stored: bytes of one, and how to read one. */
  readonly elementSize: number;
  readonly element: (view: DataView, at: number) => number;
  /** Its elements, once. */
  readonly chunks: Chunks;
}

/** Given each numeric array in turn, whose chunks it must read to the end; a failure stops the reading. */
export type VisitMatrix = (matrix: Matrix) => Promise<Result<void>>;

/** Data types of the format ("MAT-File Format", The MathWorks, table 1-1) whose numbers can be read. */
const elements = new Map<number, Pick<Matrix, 'elementSize' | 'element'>>([
  [1, { elementSize: 1, element: (view, at) => view.getInt8(at) }],
  [2, { elementSize: 1, element: (view, at) => view.getUint8(at) }],
  [3, { elementSize: 2, element: (view, at) => view.getInt16(at, true) }],
  [4, { elementSize: 2, element: (view, at) => view.getUint16(at, true) }],
  [5, { elementSize: 4, element: (view, at) => view.getInt32(at, true) }],
  [6, { elementSize: 4, element: (view, at) => view.getUint32(at, true) }],
  [7, { elementSize: 4, element: (view, at) => view.getFloat32(at, true) }],
  [9, { elementSize: 8, element: (view, at) => view.getFloat64(at, true) }],
]);
const matrixType = 14;
const compressedType = 15;
/** Names, shapes and flags are short. */
const mostDescription = 4_096;

/**
 * Reads the numeric arrays of a MATLAB 5 file (little-endian), compressed or not, streaming; other variables are passed
 * over. The message of a failure is a reason without a file name; one of `visit` goes through. Rejects where the file
 * ends early or a compressed part is damaged.
 */
export async function readMatlab(file: Chunks, visit: VisitMatrix): Promise<Result<void>> {
  const reader = new ByteReader(file);
  const header = await reader.take(128);
  const words = String.fromCharCode(...header.subarray(0, 19));
  if (words.startsWith('MATLAB 7.3')) return fail('it is a MATLAB 7.3 file (HDF5); save it with -v7');
  if (!words.startsWith('MATLAB 5.0 MAT-file')) return fail('it is no MATLAB 5 file');
  if (header[126] !== 0x49 || header[127] !== 0x4d) return fail('it is a big-endian MATLAB file');
  for (;;) {
    const at = reader.position;
    const tag = await reader.takeOrEnd(8);
    if (tag === undefined) return ok(undefined);
    const { type, size } = readTag(tag);
    const read =
      type === compressedType
        ? await readCompressed(reader, size, visit)
        : type === matrixType
          ? await readMatrix(reader, size, visit)
          : fail(`it has an element of unknown type ${type}`);
    if (!read.ok) return isReason(read.error.message) ? fail(`${read.error.message} (byte ${thousands(at)})`) : read;
  }
}

/** Failures found here are reasons; those of a visitor are whole sentences. */
const isReason = (message: string): boolean => message.startsWith('it ');

/** One element in a zlib stream of its own. */
async function readCompressed(reader: ByteReader, size: number, visit: VisitMatrix): Promise<Result<void>> {
  const unzlib = new DecompressionStream('deflate') as ReadableWritablePair<Uint8Array, Uint8Array>;
  const inner = new ByteReader(inflated(streamOf(reader.chunks(size)).pipeThrough(unzlib), reader));
  const { type, size: innerSize } = readTag(await inner.take(8));
  if (type !== matrixType) return fail(`it has a compressed element of unknown type ${type}`);
  const read = await readMatrix(inner, innerSize, visit);
  if (!read.ok) return read;
  if ((await inner.takeOrEnd(1)) !== undefined) return fail('it has more in a compressed element than it told');
  return ok(undefined);
}

/** Inflated chunks, as long as they are not too many for the packed ones read. */
async function* inflated(
  stream: ReadableStream<Uint8Array>,
  packed: ByteReader,
): AsyncGenerator<Uint8Array, void, undefined> {
  const before = packed.position;
  const inflation = { packed: 0, unpacked: 0 };
  for await (const chunk of chunksOf(stream)) {
    inflation.packed = packed.position - before;
    inflate(inflation, chunk.length);
    yield chunk;
  }
}

async function readMatrix(reader: ByteReader, size: number, visit: VisitMatrix): Promise<Result<void>> {
  const end = reader.position + size;
  const flags = await readSmall(reader, end);
  const shape = await readSmall(reader, end);
  const name = await readSmall(reader, end);
  if (flags === undefined || shape === undefined || name === undefined) return fail('it has a damaged variable');
  const arrayClass = flags[0] ?? 0;
  // Numeric and not complex: classes 6 to 15; the rest (cells, text, objects) has other parts.
  const numeric = arrayClass >= 6 && arrayClass <= 15 && ((flags[1] ?? 0) & 8) === 0;
  if (numeric) {
    const { type, size: dataSize, small } = await readDataTag(reader);
    const element = elements.get(type);
    if (element === undefined) return fail(`it has numbers of unknown type ${type}`);
    if (reader.position + dataSize - (small?.length ?? 0) > end) return fail('it has a variable longer than told');
    const view = new DataView(shape.buffer, shape.byteOffset, shape.length);
    const visited = await visit({
      name: String.fromCharCode(...name),
      shape: Array.from({ length: shape.length >> 2 }, (_, place) => view.getInt32(4 * place, true)),
      ...element,
      chunks: small === undefined ? reader.chunks(dataSize) : once(small.subarray(0, dataSize)),
    });
    if (!visited.ok) return visited;
  }
  // Padding to eight bytes, and what was passed over.
  await reader.skip(Math.max(0, end - reader.position));
  return ok(undefined);
}

/** A short part of a variable: flags, shape or name. */
async function readSmall(reader: ByteReader, end: number): Promise<Uint8Array | undefined> {
  const { size, small } = await readDataTag(reader);
  if (small !== undefined) return small.subarray(0, size);
  const padded = 8 * Math.ceil(size / 8);
  if (size > mostDescription || reader.position + padded > end) return undefined;
  return (await reader.take(padded)).subarray(0, size);
}

/** A tag; of up to four bytes of data they are in the tag itself. */
async function readDataTag(reader: ByteReader): Promise<{ type: number; size: number; small: Uint8Array | undefined }> {
  const tag = await reader.take(8);
  const { type, size } = readTag(tag);
  if (type >> 16 === 0) return { type, size, small: undefined };
  return { type: type & 0xffff, size: Math.min(4, type >>> 16), small: tag.subarray(4) };
}

function readTag(tag: Uint8Array): { type: number; size: number } {
  const view = new DataView(tag.buffer, tag.byteOffset, tag.length);
  return { type: view.getUint32(0, true), size: view.getUint32(4, true) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
