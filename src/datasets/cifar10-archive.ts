import { createTarDecoder } from 'modern-tar';
import { fail, ok, type Result } from '../base/result.ts';
import { otherVersion, partOf } from './cifar10-names.ts';
import { officialArchive, type PartName } from './cifar10-official.ts';
import { checkPartSize } from './cifar10-records.ts';
import { thousands } from './dataset.ts';
import { baseName, type NamedFile, type OnBytes, readExactly, reasonOf } from './named-file.ts';

/** Given each part found, with its bytes; a failure stops the reading. */
export type TakePart = (part: PartName, shown: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Result<void>>;

/** No honest archive inflates to more bytes: the official one has 184 million. */
const inflatedLimit = 1_000_000_000;

/**
 * Unpacks the parts of a .tar.gz or .tar (Safari and some servers take the gzip off), wherever in its folders they lie,
 * and hands them on one by one; what else it holds is passed over. At most one part is in memory.
 */
export async function readArchive(
  file: NamedFile,
  onBytes: OnBytes,
  take: TakePart,
  limit: number = inflatedLimit,
): Promise<Result<void>> {
  const { name } = file;
  let inflated = 0;
  let entries: ReadableStreamDefaultReader<Entry> | undefined;
  try {
    const packed = await packing(file);
    if (!packed.ok) return packed;
    const counted = file.stream().pipeThrough(counting(onBytes));
    const tar = packed.value === 'gzip' ? counted.pipeThrough(gunzip()) : counted;
    const limited = tar.pipeThrough(
      counting((bytes) => {
        inflated += bytes;
        if (inflated > limit) throw new Error('too large');
      }),
    );
    entries = limited.pipeThrough(createTarDecoder({ strict: true })).getReader();
    return await takeParts(name, entries, take);
  } catch (error) {
    if (inflated > limit) {
      return fail(`${name} inflates to more than ${thousands(limit)} bytes, so it is not CIFAR-10. ${remedy}`, name);
    }
    return fail(
      `${name} is cut off or damaged (${reasonOf(error)}, after ${thousands(inflated)} unpacked bytes; it has ` +
        `${thousands(file.size)} bytes, the official file ${thousands(officialArchive.size)}). Download it again.`,
      name,
    );
  } finally {
    // Not waited for: nothing depends on it, and a stream that hangs must not.
    entries?.cancel().catch(() => {});
  }
}

const remedy = `Choose the official ${officialArchive.name}.`;

interface Entry {
  readonly header: { readonly name: string; readonly size: number; readonly type?: string };
  readonly body: ReadableStream<Uint8Array>;
}

async function takeParts(
  name: string,
  entries: ReadableStreamDefaultReader<Entry>,
  take: TakePart,
): Promise<Result<void>> {
  let parts = 0;
  let other: string | undefined;
  for (;;) {
    const { done, value: entry } = await entries.read();
    if (done) break;
    const base = baseName(entry.header.name);
    const part = partOf(base);
    if (part === undefined || (entry.header.type ?? 'file') !== 'file') {
      other ??= otherVersion(base);
      await passOver(entry.body);
      continue;
    }
    const shown = `${base} in ${name}`;
    const size = checkPartSize(shown, entry.header.size);
    if (!size.ok) return size;
    const { bytes } = await readExactly(entry.body, entry.header.size);
    if (bytes === undefined) throw new Error(`${base} ends too early`);
    const taken = await take(part, shown, bytes);
    if (!taken.ok) return taken;
    parts++;
  }
  if (parts > 0) return ok(undefined);
  if (other !== undefined) return fail(`${name} holds ${other}, which cannot be read. ${remedy}`, name);
  return fail(`${name} holds none of data_batch_1.bin to data_batch_5.bin and test_batch.bin. ${remedy}`, name);
}

/**
 * Reads a body to its end. Not `body.cancel()`: in modern-tar 0.8.6 that drops the body of the entry after it where this
 * one was short enough to be buffered whole, and the archive never ends.
 */
async function passOver(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  while (!(await reader.read()).done);
}

/** Whether a file is gzip or a bare tar, by its first bytes. */
async function packing(file: NamedFile): Promise<Result<'gzip' | 'tar'>> {
  const { name } = file;
  if (file.size === 0) return fail(`${name} is empty. Download it again.`, name);
  const head = await firstBytes(file, 262);
  if (head[0] === 0x1f && head[1] === 0x8b) return ok('gzip');
  if (String.fromCharCode(...head.subarray(257, 262)) === 'ustar') return ok('tar');
  return fail(`${name} is neither gzip nor tar, whatever its name says. ${remedy}`, name);
}

async function firstBytes(file: NamedFile, count: number): Promise<Uint8Array> {
  const head = new Uint8Array(count);
  const reader = file.stream().getReader();
  for (let length = 0; length < count; ) {
    const { done, value } = await reader.read();
    if (done) return head.subarray(0, length);
    head.set(value.subarray(0, count - length), length);
    length += value.length;
  }
  reader.cancel().catch(() => {});
  return head;
}

/** Passes bytes on and tells how many. */
const counting = (onBytes: OnBytes): TransformStream<Uint8Array, Uint8Array> =>
  new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.length);
      controller.enqueue(chunk);
    },
  });

/** DOM's types want chunks of any buffer in, and give such as no shared buffer holds. */
const gunzip = (): ReadableWritablePair<Uint8Array, Uint8Array> =>
  new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>;
