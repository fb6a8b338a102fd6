import { AsyncZipDeflate, Zip, ZipPassThrough } from 'fflate';
import type { ArchiveFile } from './all-files.ts';
import { nextTurn } from './in-slices.ts';

/** Bytes of a file between two turns of the page: their checksum is made here. */
const pieceSize = 2 ** 18;

/**
 * Some files as one ZIP. A file at a time is made, compressed in a worker and let go of, so that runs of a million steps fit; files that
 * cannot be made are left out.
 */
export async function zipped(files: readonly ArchiveFile[]): Promise<Blob> {
  // Handed to the browser as they come: of all of it at once that would be one long task.
  const parts: Blob[] = [];
  const archive = new Zip();
  const whole = new Promise<void>((resolve, reject) => {
    archive.ondata = (error, part, final) => {
      if (error !== null) return reject(error);
      // The library makes its parts of plain memory, never of shared.
      parts.push(new Blob([part as Uint8Array<ArrayBuffer>]));
      if (final) resolve();
    };
  });
  for (const { path, ending, content } of files) {
    await nextTurn();
    const file = await content();
    if (file === undefined) continue;
    // A picture is compressed already.
    const entry = ending === 'png' ? new ZipPassThrough(path) : new AsyncZipDeflate(path);
    archive.add(entry);
    await Promise.race([pushed(entry, file), whole]);
  }
  archive.end();
  await whole;
  return new Blob(parts, { type: 'application/zip' });
}

/** Pushes a file's contents on, in pieces with turns of the page between them, and waits until they are through. */
async function pushed(entry: ZipPassThrough | AsyncZipDeflate, file: Blob): Promise<void> {
  const give = entry.ondata;
  const through = new Promise<void>((resolve) => {
    entry.ondata = (error, part, final) => {
      give(error, part, final);
      if (final) resolve();
    };
  });
  for (let from = 0; from < file.size; from += pieceSize) {
    entry.push(new Uint8Array(await file.slice(from, from + pieceSize).arrayBuffer()));
    await nextTurn();
  }
  entry.push(new Uint8Array(0), true);
  await through;
}
