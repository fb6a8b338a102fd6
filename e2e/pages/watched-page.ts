import type { Page } from '@playwright/test';
import type { Measurement } from '../../src/runs/measurement.ts';
import type { Progress, RequestMessage, WorkerMessage } from '../../src/worker/protocol.ts';

/** What a page did since it was opened. */
export interface Watched {
  /** Training steps measured, whatever the position of the run. */
  readonly steps: number;
  readonly evaluations: number;
  /** Changes of the run that the worker answered, and refused. */
  readonly changes: number;
  readonly refused: number;
  /** Object URLs made, and those not revoked. */
  readonly urlsMade: number;
  readonly urlsHeld: number;
  /** The worker's last word on where the run stands and what its executor holds. */
  readonly progress: Progress | undefined;
}

/**
 * Counts what page and training worker say to each other, and object URLs. Call it before the page is opened.
 *
 * @returns asks the page for its counts
 */
export async function watchPage(page: Page): Promise<() => Promise<Watched>> {
  await page.addInitScript(() => {
    const counts = { steps: 0, evaluations: 0, changes: 0, refused: 0, urlsMade: 0 };
    const urls = new Set<string>();
    let progress: Progress | undefined;
    Object.assign(globalThis, { watched: () => ({ ...counts, urlsHeld: urls.size, progress }) });

    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (content: Blob | MediaSource) => {
      const url = createObjectURL.call(URL, content);
      urls.add(url);
      counts.urlsMade += 1;
      return url;
    };
    URL.revokeObjectURL = (url: string) => {
      revokeObjectURL.call(URL, url);
      urls.delete(url);
    };

    const changes = new Set<number>();
    const count = ({ phase }: Measurement) => {
      if (phase === 'train') counts.steps += 1;
      else counts.evaluations += 1;
    };
    const hear = (message: WorkerMessage) => {
      if (message.kind === 'measurements') message.measurements.forEach(count);
      if (message.kind === 'progress') progress = message.progress;
      if (message.kind !== 'answer' || !changes.delete(message.id)) return;
      counts.changes += 1;
      if (!message.ok) counts.refused += 1;
    };
    const PlainWorker = globalThis.Worker;
    globalThis.Worker = class extends PlainWorker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        if (options?.name === 'training') this.addEventListener('message', ({ data }) => hear(data));
      }

      override postMessage(message: RequestMessage, transfer?: StructuredSerializeOptions | Transferable[]): void {
        if (message.kind === 'change') changes.add(message.id);
        super.postMessage(message, transfer as Transferable[]);
      }
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { watched(): Watched }).watched());
}
