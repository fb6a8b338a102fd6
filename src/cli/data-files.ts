import { createReadStream, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { fail, ok, type Result } from '../base/result.ts';
import type { NamedFile } from '../datasets/named-file.ts';
import { fileReason } from './file-errors.ts';

/** A file below a data folder. */
export interface DataFile {
  /** From the folder on, parted by `/`. */
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Folders below folders that are looked into: an unpacked archive of class folders has four. */
const deepest = 8;

/** More files than any data set has. */
const mostFiles = 2_000_000;

/** All files below a folder, by name; hidden ones and links out of it are left out. Errors: it is no folder or cannot be read. */
export function listDataFiles(folder: string): Result<DataFile[]> {
  try {
    const root = realpathSync(folder);
    if (!statSync(root).isDirectory()) return fail(`--data ${folder} is a file. Name the folder it is in.`, '--data');
    const files: DataFile[] = [];
    collect(root, root, '', 0, files);
    return ok(files.sort((a, b) => (a.name < b.name ? -1 : 1)));
  } catch (error) {
    return fail(
      `--data ${folder} cannot be read: ${fileReason(error)}. Name the folder with the data files.`,
      '--data',
    );
  }
}

function collect(root: string, place: string, prefix: string, depth: number, into: DataFile[]): void {
  for (const name of readdirSync(place).sort()) {
    if (name.startsWith('.') || into.length >= mostFiles) continue;
    const path = realpathIfAny(join(place, name));
    if (path === undefined || !path.startsWith(root + sep)) continue;
    const status = statSync(path);
    if (status.isFile()) into.push({ name: prefix + name, path, size: status.size });
    // A link back up would be walked for ever.
    else if (status.isDirectory() && depth < deepest && path.startsWith(place + sep)) {
      collect(root, path, `${prefix}${name}/`, depth + 1, into);
    }
  }
}

/** Dangling links have none. */
function realpathIfAny(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A file of this machine to read a data set from. */
export const fileToRead = ({ name, path, size }: DataFile): NamedFile => ({
  name,
  size,
  stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
});
