import { createTarDecoder } from 'modern-tar';
import { resumable } from './chunks.ts';
import type { PackedEntry } from './packing.ts';

/**
 * The files of a tar, in order; each is read to its end before the next is asked for. Rejects where the tar is damaged
 * or ends early.
 *
 * A body is never cancelled: in modern-tar 0.8.6 that drops the body of the entry after it where this one was short
 * enough to be buffered whole, and the archive never ends.
 */
export async function* tarEntries(tar: ReadableStream<Uint8Array>): AsyncGenerator<PackedEntry, void, undefined> {
  const reader = tar.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (;;) {
      const { done, value: entry } = await reader.read();
      if (done) return;
      const { name, size, type = 'file' } = entry.header;
      const body = entry.body.getReader();
      const chunks = resumable(() => body.read());
      if (type === 'file') yield { path: name, size, chunks };
      else for await (const _ of chunks);
    }
  } finally {
    // Not waited for: nothing depends on it, and a stream that hangs must not.
    reader.cancel().catch(() => {});
  }
}
