import { ok, type Result } from '../base/result.ts';

/** Pieces of a file or of an entry of an archive, in order. Ends early by `return`, which frees what is behind it. */
export type Chunks = AsyncIterable<Uint8Array>;

/** The pieces of a stream; the stream is cancelled where reading ends early. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      if (value.length > 0) yield value;
    }
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    // Not waited for: nothing depends on it, and a stream that hangs must not.
    if (!ended) reader.cancel().catch(() => {});
  }
}

/** The first bytes, fewer where the source ends before. */
export async function firstBytes(chunks: Chunks, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const head = new Uint8Array(count);
  let length = 0;
  for await (const chunk of chunks) {
    head.set(chunk.subarray(0, count - length), length);
    length = Math.min(count, length + chunk.length);
    if (length === count) break;
  }
  return head.subarray(0, length);
}

/** The whole source in one piece; undefined where it has more than `most` bytes. `size` is a guess that saves copying. */
export async function wholeOf(
  chunks: Chunks,
  most: number,
  size: number | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let bytes = new Uint8Array(Math.min(most, size ?? 64 * 1024));
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > most) return undefined;
    if (length + chunk.length > bytes.length) {
      const larger = new Uint8Array(Math.min(most, Math.max(2 * bytes.length, length + chunk.length)));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}

/**
 * Regroups a source into whole records of `recordSize` bytes, many at a time: `onRecords` gets views that hold only
 * until it returns; its failure ends the reading. Answers the bytes left over at the end, which fill no record.
 */
export async function eachRecords(
  chunks: Chunks,
  recordSize: number,
  onRecords: (records: Uint8Array) => Promise<Result<void>>,
): Promise<Result<number>> {
  const carry = new Uint8Array(recordSize);
  let carried = 0;
  for await (const chunk of chunks) {
    let at = 0;
    if (carried > 0) {
      at = Math.min(recordSize - carried, chunk.length);
      carry.set(chunk.subarray(0, at), carried);
      carried += at;
      if (carried < recordSize) continue;
      const taken = await onRecords(carry);
      if (!taken.ok) return taken;
      carried = 0;
    }
    const whole = Math.floor((chunk.length - at) / recordSize) * recordSize;
    if (whole > 0) {
      const taken = await onRecords(chunk.subarray(at, at + whole));
      if (!taken.ok) return taken;
    }
    carry.set(chunk.subarray(at + whole));
    carried = chunk.length - at - whole;
  }
  return ok(carried);
}

/** Chunks of a reader that may be left and taken up again: leaving a loop over them early cancels nothing. */
export const resumable = (
  read: () => Promise<IteratorResult<Uint8Array, unknown> | ReadableStreamReadResult<Uint8Array>>,
): Chunks => ({
  [Symbol.asyncIterator]: () => ({
    next: async () => {
      const { done, value } = await read();
      return done === true || value === undefined
        ? { done: true, value: undefined }
        : { done: false, value: value as Uint8Array };
    },
  }),
});

/** Chunks as a stream; they are left where the stream is cancelled. */
export function streamOf(chunks: AsyncGenerator<Uint8Array, void, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return();
    },
  });
}
