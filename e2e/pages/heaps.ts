import type { Page } from '@playwright/test';

/** Bytes that live after a collection. */
export interface Heap {
  /** JavaScript objects. */
  readonly objects: number;
  /** What array buffers hold. */
  readonly buffers: number;
}

export interface Heaps {
  readonly page: Heap;
  readonly worker: Heap;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

/**
 * Measures the heaps of a page and of its training worker through Chromium's debugger.
 *
 * @returns collects what is dead, then measures
 */
export async function watchHeaps(page: Page): Promise<() => Promise<Heaps>> {
  const session = await page.context().newCDPSession(page);
  const waiting = new Map<number, (result: unknown) => void>();
  let worker: string | undefined;
  let nextId = 1;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker' && targetInfo.url.includes('training')) worker = sessionId;
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { readonly id?: number; readonly result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  // Playwright has no session for a worker of its own; this is the debugger's older way to speak to one through its page.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const askWorker = async (method: string): Promise<unknown> => {
    if (worker === undefined) throw new Error('the training worker was not found');
    const id = nextId++;
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    await session.send('Target.sendMessageToTarget', { sessionId: worker, message: JSON.stringify({ id, method }) });
    return answered;
  };
  const heap = (usage: unknown): Heap => {
    const { usedSize, backingStorageSize } = usage as HeapUsage;
    return { objects: usedSize, buffers: backingStorageSize };
  };
  return async () => {
    // What the first collection finishes, such as finalisers, frees more.
    for (let time = 0; time < 3; time++) {
      await session.send('HeapProfiler.collectGarbage');
      await askWorker('HeapProfiler.collectGarbage');
    }
    return {
      page: heap(await session.send('Runtime.getHeapUsage')),
      worker: heap(await askWorker('Runtime.getHeapUsage')),
    };
  };
}
