import { awakeNow } from '../base/awake-clock.ts';
import type { Breathe } from '../runtime/executor.ts';

/** Where a long step yields: it lets other work through, and holds while it is closed. */
export interface Gate {
  readonly breathe: Breathe;
  close(): void;
  open(): void;
  /** Seconds spent held, so far. */
  held(): number;
}

/**
 * @param yieldNow gives the event loop a turn; must not be throttled in hidden pages, so no timer
 * @param now milliseconds, of the clock that steps are measured with
 */
export function createGate(yieldNow: () => Promise<void>, now: () => number = awakeNow): Gate {
  let opened: Promise<void> | undefined;
  let release: (() => void) | undefined;
  let heldSeconds = 0;
  return {
    async breathe() {
      await yieldNow();
      const since = now();
      while (opened !== undefined) await opened;
      heldSeconds += (now() - since) / 1000;
    },
    close() {
      opened ??= new Promise((resolve) => {
        release = resolve;
      });
    },
    open() {
      opened = undefined;
      release?.();
    },
    held: () => heldSeconds,
  };
}

/** Gives the event loop a turn through a message channel, which hidden pages do not slow down. */
export function yieldByMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
