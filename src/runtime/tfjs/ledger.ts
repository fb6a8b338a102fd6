import { memory, type Tensor } from '@tensorflow/tfjs-core';
import type { ExecutorBytes } from '../executor.ts';

/** Counts the bytes of an executor's live tensors and the highest total, temporaries inside a node included. */
export interface Ledger {
  add(tensor: Tensor): void;
  remove(tensor: Tensor): void;
  /** Call before a node runs; the function it answers, called when all its temporaries still live, notes the peak. */
  watchNode(): () => void;
  bytes(): ExecutorBytes;
  resetPeak(): void;
}

/** What a GPU backend holds, pooled buffers included; undefined where the backend does not tell. */
export type DeviceBytes = () => number | undefined;

/** A ledger that starts at zero; a GPU backend's own count takes the place of the sum of tensors. */
export function createLedger(deviceBytes: DeviceBytes): Ledger {
  let held = 0;
  let peak = 0;
  const now = () => deviceBytes() ?? held;
  const note = (bytes: number) => {
    peak = Math.max(peak, bytes);
  };
  return {
    add(tensor) {
      held += tensor.size * 4;
      note(now());
    },
    remove(tensor) {
      held -= tensor.size * 4;
    },
    watchNode() {
      const before = memory().numBytes;
      return () => note(deviceBytes() ?? held + memory().numBytes - before);
    },
    bytes: () => ({ held: now(), peak: Math.max(peak, now()), kind: 'measured' }),
    resetPeak() {
      peak = now();
    },
  };
}
