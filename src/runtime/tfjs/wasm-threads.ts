import type { Threads } from '../executor.ts';

/** What decides how many threads WASM may have. */
export interface ThreadSurroundings {
  /** Whether the page is cross-origin isolated; undefined outside of browsers. */
  readonly isolated: boolean | undefined;
  /** Logical processors, two to a core as a rule. */
  readonly processors: number;
}

/** tfjs' own limit. */
const mostThreads = 8;

/** What this page or process can give. */
export const threadSurroundings = (): ThreadSurroundings => ({
  isolated: globalThis.crossOriginIsolated as boolean | undefined,
  processors: globalThis.navigator?.hardwareConcurrency ?? 1,
});

/**
 * Half of the processors, as tfjs allows at most: its threads wait for work by spinning, so that each needs a core of its own, and page
 * and browser need some too.
 */
export function chooseThreads({ isolated, processors }: ThreadSurroundings): Threads {
  if (isolated === undefined) return { count: 1, why: 'tfjs has more in browsers only' };
  if (!isolated) return { count: 1, why: 'this page is not cross-origin isolated' };
  const count = Math.min(mostThreads, Math.floor(processors / 2));
  return count > 1 ? { count } : { count: 1, why: 'there are fewer than four processors' };
}
