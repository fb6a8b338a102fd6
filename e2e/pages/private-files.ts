import type { Page } from '@playwright/test';

/** Contents of every file in the private files of the page's origin, by path. What goes away meanwhile is left out. */
export async function privateFiles(page: Page): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const found = await page.evaluate(async () => {
    const files: [string, string][] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const handle of folder.values()) {
        const name = path + handle.name;
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, `${name}/`);
        else {
          const bytes = await (handle as FileSystemFileHandle)
            .getFile()
            .then((file) => file.arrayBuffer())
            .catch(() => undefined);
          if (bytes === undefined) continue;
          const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
          files.push([name, btoa(text)]);
        }
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return files;
  });
  return new Map(found.map(([path, contents]) => [path, Uint8Array.from(Buffer.from(contents, 'base64'))]));
}
