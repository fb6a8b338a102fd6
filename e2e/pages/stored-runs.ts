import type { Page } from '@playwright/test';
import { createMemoryStore } from '../../src/archive/file-store.ts';
import { RunArchive } from '../../src/archive/run-archive.ts';
import { createOwnLocks } from '../../src/archive/run-locks.ts';
import { expectOk } from '../../src/base/result.ts';

/** A run as it lies in the browser's private files. */
export interface StoredOnes {
  readonly id: string;
  readonly step: number;
  readonly state: string;
  readonly checkpoints: readonly number[];
  /** Losses of the head at steps 1, 2 and so on, at full precision. */
  readonly losses: readonly number[];
}

/** Reads the private files of the page's origin, and from them the runs with the program's own modules. */
export async function storedRuns(page: Page): Promise<StoredOnes[]> {
  const store = createMemoryStore();
  for (const [path, contents] of await privateFiles(page))
    await store.write(path, Uint8Array.from(Buffer.from(contents, 'base64')));
  const archive = new RunArchive(store, createOwnLocks());
  const { records } = expectOk(await archive.list());
  return Promise.all(
    records.map(async ({ id, summary }) => {
      const run = archive.run(id);
      const { history } = expectOk(await run.readHistory());
      return {
        id,
        step: summary.step,
        state: summary.state,
        checkpoints: expectOk(await run.checkpointSteps()),
        losses: [...(history.train.read('final.loss') ?? [])],
      };
    }),
  );
}

/** Every private file by path, in base64. What goes away meanwhile is left out. */
const privateFiles = (page: Page): Promise<[string, string][]> =>
  page.evaluate(async () => {
    const found: [string, string][] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const handle of folder.values()) {
        const name = path + handle.name;
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, `${name}/`);
        else if (!name.endsWith('.crswap')) {
          const bytes = await (handle as FileSystemFileHandle)
            .getFile()
            .then((file) => file.arrayBuffer())
            .catch(() => undefined);
          if (bytes === undefined) continue;
          const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
          found.push([name, btoa(text)]);
        }
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return found;
  });
