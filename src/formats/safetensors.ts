import { inShort } from '../base/in-short.ts';
import { parseJson } from '../base/json.ts';
import { fail, ok, type Result } from '../base/result.ts';

/** A tensor in a safetensors file: flat data in row-major order of `shape`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Types that can be read. Half precision is widened, and counts of 64 bits are taken where 32 hold them. */
const kinds = {
  F32: { bytes: 4, read: (buffer: ArrayBuffer) => new Float32Array(buffer) },
  F64: { bytes: 8, read: (buffer: ArrayBuffer) => new Float64Array(buffer) },
  F16: { bytes: 2, read: (buffer: ArrayBuffer) => Float32Array.from(new Uint16Array(buffer), halfToFloat) },
  BF16: { bytes: 2, read: (buffer: ArrayBuffer) => widened(new Uint16Array(buffer)) },
  I32: { bytes: 4, read: (buffer: ArrayBuffer) => new Int32Array(buffer) },
  I64: { bytes: 8, read: (buffer: ArrayBuffer) => Int32Array.from(new BigInt64Array(buffer), Number) },
  U8: { bytes: 1, read: (buffer: ArrayBuffer) => new Uint8Array(buffer) },
} as const;

/** An IEEE 754 half as a number. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** bfloat16 is the upper half of a float32. */
function widened(upper: Uint16Array): Float32Array {
  const words = Uint32Array.from(upper, (half) => half << 16);
  return new Float32Array(words.buffer);
}

/** Largest header taken; the format's own limit is 100 MB, a file of ours stays under 1 MB. */
const maximumHeader = 16 * 1024 * 1024;

/** Most tensors taken; the largest network here has some thousand, its optimiser's among them. */
const mostTensors = 65_536;

/**
 * Reads a safetensors file. Every length, offset and shape of the header is checked against the file and against the others before
 * any tensor is copied, so that no more bytes are than the file has.
 *
 * @param name the file's name, for messages
 */
export function parseSafetensors(bytes: Uint8Array, name: string): Result<TensorFile> {
  const refuse = (why: string) =>
    fail(`${name} is not a usable safetensors file: ${why} Choose another file, or export it again.`, name);
  if (bytes.byteLength < 8) return refuse(`it has only ${bytes.byteLength} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > BigInt(Math.min(maximumHeader, bytes.byteLength - 8))) {
    return refuse(`its header claims ${headerLength} bytes, more than the file or the limit of 16 MiB holds.`);
  }
  const start = 8 + Number(headerLength);
  const json = parseJson(bytes.subarray(8, start), { length: maximumHeader });
  if (!json.ok) return refuse(`its header ${json.error.message}.`);
  const header = json.value;
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    return refuse('its header is not a JSON object.');

  const entries: (Entry & { readonly key: string })[] = [];
  let metadata: Record<string, string> = {};
  for (const [key, entry] of Object.entries(header as Record<string, unknown>)) {
    if (key === '__metadata__') {
      if (!isTextRecord(entry)) return refuse('its metadata is not a list of texts.');
      metadata = entry;
      continue;
    }
    const parsed = readEntry(entry, bytes.byteLength - start);
    if (typeof parsed === 'string') return refuse(`tensor ${inShort(key)} ${parsed}`);
    if (entries.length === mostTensors) return refuse(`it names more than ${mostTensors} tensors.`);
    entries.push({ key, ...parsed });
  }
  const overlap = findOverlap(entries);
  if (overlap !== undefined) return refuse(`tensors ${inShort(overlap[0])} and ${inShort(overlap[1])} overlap.`);
  const tensors = new Map<string, Tensor>();
  for (const { key, kind, shape, span } of entries) {
    // Not bytes.slice: a Node Buffer's shares memory.
    const copy = Uint8Array.prototype.slice.call(bytes, start + span[0], start + span[1]);
    tensors.set(key, { shape, data: kinds[kind].read(copy.buffer) });
  }
  return ok({ tensors, metadata });
}

/** The names of two tensors that share bytes; undefined where none do, so that together they are no larger than the file. */
function findOverlap(entries: readonly (Entry & { readonly key: string })[]): readonly [string, string] | undefined {
  const inOrder = [...entries].sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  for (const [index, after] of inOrder.entries()) {
    const before = inOrder[index - 1];
    if (before !== undefined && after.span[0] < before.span[1]) return [before.key, after.key];
  }
  return undefined;
}

interface Entry {
  readonly kind: keyof typeof kinds;
  readonly shape: readonly number[];
  readonly span: readonly [number, number];
}

/** A checked header entry, or what is wrong with it. */
function readEntry(entry: unknown, available: number): Entry | string {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !Object.hasOwn(kinds, dtype))
    return `has the type ${inShort(dtype)}; ${Object.keys(kinds).join(', ')} can be read.`;
  const kind = dtype as keyof typeof kinds;
  if (!Array.isArray(shape) || shape.length > 8 || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    return 'has no valid shape.';
  }
  if (
    !Array.isArray(offsets) ||
    offsets.length !== 2 ||
    !offsets.every((offset) => Number.isSafeInteger(offset) && offset >= 0)
  ) {
    return 'has no valid offsets.';
  }
  const [from, to] = offsets as [number, number];
  if (from > to || to > available)
    return `lies at ${from} to ${to}, beyond the ${available} bytes of data; the file is cut off or damaged.`;
  const wanted = (shape as number[]).reduce((product, size) => product * size, 1) * kinds[kind].bytes;
  if (wanted !== to - from)
    return `has shape ${inShort(shape)}, which is ${wanted} bytes, but ${to - from} bytes of data.`;
  return { kind, shape: shape as number[], span: [from, to] };
}

/** Writes a safetensors file; tensors in the order given, data aligned to 8 bytes. */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: typeOf(data), shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + padded + length).fill(0x20, 8, 8 + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(text, 8);
  let offset = 8 + padded;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

function typeOf(data: Tensor['data']): keyof typeof kinds {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  return data instanceof Int32Array ? 'I32' : 'U8';
}

function isTextRecord(entry: unknown): entry is Record<string, string> {
  return (
    typeof entry === 'object' && entry !== null && Object.values(entry).every((value) => typeof value === 'string')
  );
}
