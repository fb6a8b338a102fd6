import type { Page } from '@playwright/test';
import { createMemoryStore } from '../../src/archive/file-store.ts';
import { RunArchive } from '../../src/archive/run-archive.ts';
import { createOwnLocks } from '../../src/base/locks.ts';
import { expectOk } from '../../src/base/result.ts';
import { privateFiles } from './private-files.ts';

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
  for (const [path, contents] of await privateFiles(page)) {
    // What the browser writes beside a file until it is whole.
    if (!path.endsWith('.crswap')) await store.write(path, contents);
  }
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
