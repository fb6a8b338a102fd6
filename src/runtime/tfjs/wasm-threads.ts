/** More gain little on networks of this size. */
const mostThreads = 8;

/** Threads that WASM can use here: more than one only where memory may be shared, which a page may that is cross-origin isolated. */
export function wasmThreads(): number {
  if (globalThis.crossOriginIsolated !== true) return 1;
  return Math.min(mostThreads, navigator.hardwareConcurrency);
}

export const threadsInWords = (threads: number): string => (threads === 1 ? 'one thread' : `${threads} threads`);
