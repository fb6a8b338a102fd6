/** Who may write a run, or train a queue: one holder a name, over all tabs. */
export interface Locks {
  /** The answer gives the lock back; undefined where somebody has it. */
  acquire(name: string): Promise<(() => void) | undefined>;
}

/** Locks within one process or tab. */
export function createOwnLocks(): Locks {
  const held = new Set<string>();
  return {
    async acquire(name) {
      if (held.has(name)) return undefined;
      held.add(name);
      return () => void held.delete(name);
    },
  };
}

/** Milliseconds to wait for a lock: a page that is reloaded, or a worker that crashed, has its locks for a moment longer. */
const patience = 2_000;

/** Locks over all tabs where the browser has them, else within this one. */
export const createLocks = (): Locks =>
  navigator.locks === undefined ? createOwnLocks() : createTabLocks(navigator.locks);

/** Locks over all tabs of the origin (Web Locks); a tab that closes or crashes gives its locks back. */
function createTabLocks(manager: LockManager): Locks {
  return {
    acquire: (name) =>
      new Promise((resolve) => {
        const asked = manager.request(
          name,
          { signal: AbortSignal.timeout(patience) },
          () => new Promise<void>((release) => resolve(release)),
        );
        asked.catch((error: unknown) => {
          const late = error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');
          // Refused where a page may have no locks, as in a sandboxed frame: then nobody else can have them either.
          resolve(late ? undefined : () => {});
        });
      }),
  };
}
