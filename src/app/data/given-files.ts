import { fail, ok, type Result } from '../../base/result.ts';
import type { GivenFile } from '../../worker/protocol.ts';

/** Files of a picker, each with its folders where a folder was picked. */
export const filesOfPicker = (files: FileList | null): GivenFile[] =>
  [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/**
 * Files dropped on the page, those in dropped folders too, each with the folders it was found in. Call it while the drop is handled:
 * afterwards the browser hides what was dropped. Errors: a folder without files, or one that may not be read.
 */
export async function filesOfDrop(transfer: DataTransfer | null): Promise<Result<readonly GivenFile[]>> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = [...(transfer?.files ?? [])].map((file) => ({ path: file.name, file }));
  if (entries.every((entry) => entry === null || entry.isFile)) return ok(plain);
  try {
    const found = (await Promise.all(entries.map((entry) => (entry === null ? [] : filesIn(entry))))).flat();
    return found.length > 0 ? ok(found) : fail('There are no files in what was dropped. Drop a folder with images.');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`What was dropped cannot be read (${reason}). Choose the files or the folder instead.`);
  }
}

async function filesIn(entry: FileSystemEntry): Promise<GivenFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: GivenFile[] = [];
  // A reader hands out a folder's entries a hundred at a time, and none when it has no more.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const inner of entries) found.push(...(await filesIn(inner)));
  }
}
