import { fail, failWith, ok, type Problem, type Result } from '../base/result.ts';

/** A file, or a folder with what lies in it. */
export interface StoredEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Size of a file; 0 of a folder. */
  readonly bytes: number;
}

/**
 * Files that outlast the page or the process, by path: names joined by `/`, the empty path is the top. Failures are
 * values; for want of space with the fault `storage-full`.
 */
export interface FileStore {
  /** What lies directly in a folder, by name; nothing where there is no such folder. */
  list(folder: string): Promise<Result<readonly StoredEntry[]>>;
  /** Contents of a file; undefined where there is none. */
  read(path: string): Promise<Result<Uint8Array<ArrayBuffer> | undefined>>;
  /** Writes a whole file: at every moment the path holds the old contents or the new. Folders are made. */
  write(path: string, contents: Uint8Array<ArrayBuffer>): Promise<Result<void>>;
  /** Deletes a file, or a folder with all in it; well where there is none. */
  remove(path: string): Promise<Result<void>>;
}

/** Names of a path. Errors: a name that could lead out of the store or that some file system does not take. */
export function namesOf(path: string): Result<readonly string[]> {
  if (path === '') return ok([]);
  const names = path.split('/');
  const wrong = names.find((name) => !/^[\w-][\w.-]{0,99}$/.test(name));
  return wrong === undefined ? ok(names) : fail(`"${wrong}" is no name for a stored file.`, path);
}

/** A failure of a file system in words. */
export function storeFailure(error: unknown, path: string): { readonly ok: false; readonly error: Problem } {
  const { name, code, message } = error as {
    readonly name?: string;
    readonly code?: unknown;
    readonly message?: string;
  };
  if (name === 'QuotaExceededError' || code === 'ENOSPC' || code === 'EDQUOT') {
    return failWith(
      'storage-full',
      'There is no space left to store runs. Delete runs that are no longer needed, or free space on this device.',
    );
  }
  return fail(`${path || 'The store'} could not be reached (${message ?? String(error)}).`, path);
}

/** A store in memory: for tests, and where the browser has no private files. */
export function createMemoryStore(): FileStore {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const within = (folder: string) => (folder === '' ? '' : `${folder}/`);
  return {
    async list(folder) {
      const start = within(folder);
      const entries = new Map<string, StoredEntry>();
      for (const [path, { byteLength }] of files) {
        if (!path.startsWith(start)) continue;
        const [name = '', ...deeper] = path.slice(start.length).split('/');
        const inFolder = deeper.length > 0;
        entries.set(name, { name, kind: inFolder ? 'folder' : 'file', bytes: inFolder ? 0 : byteLength });
      }
      return ok([...entries.values()].sort(byName));
    },
    async read(path) {
      return ok(files.get(path)?.slice());
    },
    async write(path, contents) {
      const names = namesOf(path);
      if (!names.ok) return names;
      files.set(path, contents.slice());
      return ok(undefined);
    },
    async remove(path) {
      for (const known of [...files.keys()]) if (known === path || known.startsWith(within(path))) files.delete(known);
      return ok(undefined);
    },
  };
}

export const byName = (a: StoredEntry, b: StoredEntry): number => (a.name < b.name ? -1 : 1);
