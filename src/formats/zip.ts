import { type Zippable, zipSync } from 'fflate';

/** The earliest time a zip can name: equal contents make equal files. */
const fixedTime = new Date(1980, 0, 1);

/** Makes a zip of files by path. Tensor files are stored as they are: their numbers do not compress. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const [path, content] of files)
    entries[path] = [content, { level: path.endsWith('.safetensors') ? 0 : 6, mtime: fixedTime }];
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}
