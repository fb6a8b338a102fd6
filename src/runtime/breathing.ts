import type { Breathe } from './executor.ts';

/** Longest stretch of work between two breaths, in milliseconds. */
const stretch = 50;

/** A function to await between nodes: it breathes only when `stretch` has passed since the last breath. */
export function breatheEvery(
  breathe: Breathe | undefined,
  now: () => number = () => performance.now(),
): () => Promise<void> | undefined {
  let last = now();
  return () => {
    if (breathe === undefined || now() - last < stretch * 0.6) return undefined;
    return breathe().then(() => {
      last = now();
    });
  };
}
