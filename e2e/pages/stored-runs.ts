import type { Page } from '@playwright/test';

/** A run as it lies in the browser's private files. */
export interface StoredOnes {
  readonly id: string;
  readonly step: number;
  readonly state: string;
  readonly checkpoints: readonly number[];
  /** Losses of the head at steps 1, 2 and so on, at full precision. */
  readonly losses: readonly number[];
}

/** Reads the private files of the page's origin with the program's own modules, which the development server hands out. */
export const storedRuns = (page: Page): Promise<StoredOnes[]> =>
  page.evaluate(async () => {
    const load = (path: string) => import(/* @vite-ignore */ path);
    const { openPrivateStore } = await load('/src/archive/private-store.ts');
    const { RunArchive } = await load('/src/archive/run-archive.ts');
    const { createOwnLocks } = await load('/src/archive/run-locks.ts');
    const archive = new RunArchive(await openPrivateStore(), createOwnLocks());
    const { records } = (await archive.list()).value;
    const found: StoredOnes[] = [];
    for (const { id, summary } of records) {
      const run = archive.run(id);
      const history = (await run.readHistory()).value.history;
      found.push({
        id,
        step: summary.step,
        state: summary.state,
        checkpoints: (await run.checkpointSteps()).value,
        losses: [...(history.train.read('final.loss') ?? [])],
      });
    }
    return found;
  });
