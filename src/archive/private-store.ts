import { ok, type Result } from '../base/result.ts';
import { byName, type FileStore, namesOf, type StoredEntry, storeFailure } from './file-store.ts';

/** Ending of what a browser writes beside a file until it is whole. */
const aside = '.crswap';

/**
 * A store in the private files of this origin (OPFS). The browser writes a file aside and puts it in place when it is
 * closed. Undefined where the browser has none, as on pages that are neither https nor localhost.
 */
export async function openPrivateStore(): Promise<FileStore | undefined> {
  const storage: StorageManager | undefined = globalThis.navigator?.storage;
  if (storage?.getDirectory === undefined) return undefined;
  try {
    const root = await storage.getDirectory();
    return createPrivateStore(root);
  } catch {
    return undefined;
  }
}

/** A store in a directory of the File System API. */
export function createPrivateStore(root: FileSystemDirectoryHandle): FileStore {
  const folderAt = async (names: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> => {
    let folder = root;
    for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  };
  const at = async <Value>(
    path: string,
    body: (names: readonly string[]) => Promise<Value>,
  ): Promise<Result<Value>> => {
    const names = namesOf(path);
    if (!names.ok) return names;
    try {
      return ok(await body(names.value));
    } catch (error) {
      return storeFailure(error, path);
    }
  };
  return {
    list: (path) =>
      at(path, async (names) => {
        const folder = await orAbsent(folderAt(names, false));
        const entries: StoredEntry[] = [];
        if (folder === undefined) return entries;
        for await (const handle of folder.values()) {
          const { name, kind } = handle;
          if (kind === 'directory') entries.push({ name, kind: 'folder', bytes: 0 });
          else if (!name.endsWith(aside)) {
            const file = await orAbsent((handle as FileSystemFileHandle).getFile());
            if (file !== undefined) entries.push({ name, kind: 'file', bytes: file.size });
          }
        }
        return entries.sort(byName);
      }),
    read: (path) =>
      at(path, (names) =>
        orAbsent(
          folderAt(names.slice(0, -1), false)
            .then((folder) => folder.getFileHandle(names.at(-1) as string))
            .then(contentsOf),
        ),
      ),
    write: (path, contents) =>
      at(path, async (names) => {
        const folder = await folderAt(names.slice(0, -1), true);
        const handle = await folder.getFileHandle(names.at(-1) as string, { create: true });
        const file = await handle.createWritable();
        try {
          await file.write(contents);
        } catch (error) {
          await file.abort().catch(() => undefined);
          throw error;
        }
        await file.close();
      }),
    remove: (path) =>
      at(path, async (names) => {
        await orAbsent(
          folderAt(names.slice(0, -1), false).then((folder) =>
            folder.removeEntry(names.at(-1) as string, { recursive: true }),
          ),
        );
      }),
  };
}

/** How often a file is looked at anew that was replaced while it was read. */
const mostLooks = 10;

/** Contents of a file. Where it is replaced between the look at it and the reading, browsers refuse to read: it is looked at again. */
async function contentsOf(handle: FileSystemFileHandle): Promise<Uint8Array<ArrayBuffer>> {
  for (let look = 1; ; look++) {
    try {
      const file = await handle.getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      if ((error as DOMException).name !== 'NotReadableError' || look === mostLooks) throw error;
    }
  }
}

async function orAbsent<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as DOMException).name === 'NotFoundError') return undefined;
    throw error;
  }
}
