import type { NamedFile } from './named-file.ts';

/** The same file, which tells of the bytes read and whose stream fails once `signal` is aborted. */
export function watched(file: NamedFile, onBytes: (bytes: number) => void, signal: AbortSignal | undefined): NamedFile {
  const watch = (): TransformStream<Uint8Array, Uint8Array> =>
    new TransformStream({
      transform(chunk, controller) {
        signal?.throwIfAborted();
        onBytes(chunk.length);
        controller.enqueue(chunk);
      },
    });
  return { name: file.name, size: file.size, stream: () => file.stream().pipeThrough(watch()) };
}
