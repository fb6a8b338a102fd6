/** A file to read, in a browser or on Node. A browser's `File` is one as it is. */
export interface NamedFile {
  /** With or without folders before it; with them where the folders name the classes. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}

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

/** Files that systems and archivers leave behind, such as .DS_Store. */
export const isHidden = (path: string): boolean =>
  baseName(path).startsWith('.') || path.split('/').includes('__MACOSX');

/** A base name without the " (1)" that browsers put before the ending of repeated downloads. */
export const unnumbered = (base: string): string => base.replace(/ ?\(\d+\)(?=(\.[a-z0-9]+){0,2}$)/i, '');

/** What an error says, for the end of a sentence. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message.replace(/\.$/, '') : String(error);
