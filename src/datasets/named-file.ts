import { fail, ok, type Result } from '../base/result.ts';
import { thousands } from './dataset.ts';

/** A file to read, in a browser or on Node. A browser's `File` is one as it is. */
export interface NamedFile {
  /** With or without folders before it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}

/** Told of each piece read, in bytes. */
export type OnBytes = (bytes: number) => void;

/** A blob under a name: on Node, `namedBlob(path, await fs.openAsBlob(path))`. */
export const namedBlob = (name: string, blob: Blob): NamedFile => ({
  name,
  size: blob.size,
  stream: () => blob.stream(),
});

/** Bytes in memory under a name. */
export const namedBytes = (name: string, bytes: Uint8Array): NamedFile => ({
  name,
  size: bytes.length,
  stream: () =>
    new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    }),
});

/** The last part of a path, whichever way its slashes lean. */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** The whole of a file. Fails where it cannot be read or is not as long as it said. */
export async function readFile(file: NamedFile, onBytes: OnBytes): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { name, size } = file;
  try {
    const read = await readExactly(file.stream(), size, onBytes);
    if (read.bytes !== undefined) return ok(read.bytes);
    const length = `${read.more ? 'more than' : 'only'} ${thousands(read.length)} of its ${thousands(size)} bytes`;
    return fail(
      `${name} changed while it was read: there were ${length}. Close what writes to it and try again.`,
      name,
    );
  } catch (error) {
    return fail(
      `${name} could not be read (${reasonOf(error)}). See that it still exists and may be opened, then try again.`,
      name,
    );
  }
}

/**
 * Collects a stream that should hold `size` bytes; without `bytes` where it holds fewer, or more (the rest is then
 * cancelled). Rejects where the stream fails.
 */
export async function readExactly(
  stream: ReadableStream<Uint8Array>,
  size: number,
  onBytes: OnBytes = () => {},
): Promise<{ bytes: Uint8Array<ArrayBuffer> | undefined; length: number; more: boolean }> {
  const bytes = new Uint8Array(size);
  const reader = stream.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: length === size ? bytes : undefined, length, more: false };
    if (length + value.length > size) {
      reader.cancel().catch(() => {});
      return { bytes: undefined, length: size, more: true };
    }
    bytes.set(value, length);
    length += value.length;
    onBytes(value.length);
  }
}

/** What an error says, for the end of a sentence. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : String(error);
