import { fail, ok } from '../../base/result.ts';
import type { ShardOpener } from './shards.ts';

/** What a worker has for files it reads without a wait; the page's thread has none. */
interface SyncHandle {
  read(into: Uint8Array, options: { readonly at: number }): number;
  close(): void;
}

/** Opens shards in the origin's private files. For workers. Undefined where the browser has no such handles. */
export const openPrivateShard: ShardOpener = async (path) => {
  try {
    const names = path.split('/');
    let folder = await navigator.storage.getDirectory();
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    const file = await folder.getFileHandle(names.at(-1) as string);
    // Without a mode a file could be open only once, in one tab.
    const open = (file as unknown as { createSyncAccessHandle(options: object): Promise<SyncHandle> })
      .createSyncAccessHandle;
    const handle = await open.call(file, { mode: 'read-only' });
    return ok({
      read(into, at) {
        const length = handle.read(into, { at });
        if (length !== into.length) throw new Error(`${path} is shorter than it was`);
      },
      close: () => handle.close(),
    });
  } catch (error) {
    return fail(
      `Stored images (${path}) cannot be opened (${String(error)}). Close other tabs of this page, or load them again.`,
      path,
    );
  }
};
