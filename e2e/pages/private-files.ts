import type { Page } from '@playwright/test';

/** Bytes of every file in the private files of the page's origin, by path. */
export const privateFiles = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () => {
    const found: Record<string, number> = {};
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const handle of folder.values()) {
        const name = `${path}/${handle.name}`;
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, name);
        else found[name] = (await (handle as FileSystemFileHandle).getFile()).size;
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return found;
  });
