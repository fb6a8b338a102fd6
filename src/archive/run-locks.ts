/** Who may write a run: one holder a name, over all tabs. */
export interface RunLocks {
  /** The answer gives the lock back; undefined where somebody has it. */
  acquire(name: string): Promise<(() => void) | undefined>;
}

/** Locks within one process or tab. */
export function createOwnLocks(): RunLocks {
  const held = new Set<string>();
  return {
    async acquire(name) {
      if (held.has(name)) return undefined;
      held.add(name);
      return () => void held.delete(name);
    },
  };
}

/** Locks over all tabs of the origin (Web Locks); a tab that closes or crashes gives its locks back. */
export function createTabLocks(manager: LockManager): RunLocks {
  return {
    acquire: (name) =>
      new Promise((resolve) => {
        const asked = manager.request(name, { ifAvailable: true }, (lock) => {
          if (lock === null) return resolve(undefined);
          return new Promise<void>((release) => resolve(release));
        });
        // Refused where a page may have no locks, as in a sandboxed frame: then nobody else can have them either.
        asked.catch(() => resolve(() => {}));
      }),
  };
}
