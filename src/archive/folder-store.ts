import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../base/result.ts';
import { byName, type FileStore, namesOf, type StoredEntry, storeFailure } from './file-store.ts';

/** Ending of a file that is being written. */
const aside = '.part';

/** A store in a folder of this machine. The folder is made with the first file. */
export function createFolderStore(root: string): FileStore {
  const at = async <Value>(path: string, body: (place: string) => Promise<Value>): Promise<Result<Value>> => {
    const names = namesOf(path);
    if (!names.ok) return names;
    try {
      return ok(await body(join(root, ...names.value)));
    } catch (error) {
      return storeFailure(error, join(root, ...names.value));
    }
  };
  return {
    list: (folder) =>
      at(folder, async (place) => {
        const found = await orAbsent(readdir(place, { withFileTypes: true }));
        const entries: StoredEntry[] = [];
        for (const entry of found ?? []) {
          if (entry.isDirectory()) entries.push({ name: entry.name, kind: 'folder', bytes: 0 });
          else if (!entry.name.endsWith(aside)) {
            const known = await orAbsent(stat(join(place, entry.name)));
            if (known !== undefined) entries.push({ name: entry.name, kind: 'file', bytes: known.size });
          }
        }
        return entries.sort(byName);
      }),
    read: (path) =>
      at(path, async (place) => {
        const contents = await orAbsent(readFile(place));
        // A Node buffer may be a piece of a larger one.
        return contents === undefined ? undefined : new Uint8Array(contents);
      }),
    write: (path, contents) =>
      at(path, async (place) => {
        await mkdir(dirname(place), { recursive: true });
        const file = await open(`${place}${aside}`, 'w');
        try {
          await file.writeFile(contents);
          // Without it a power failure can leave the new name with nothing in it.
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(`${place}${aside}`, place);
      }),
    remove: (path) => at(path, (place) => rm(place, { recursive: true, force: true })),
  };
}

async function orAbsent<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
