import type { FileStore } from '../archive/file-store.ts';
import type { PieceStore } from '../datasets/hub/pieces.ts';

/** Pieces of hub files in the private files of this origin, until the set they belong to is read. */
export interface KeptPieces extends PieceStore {
  /** Deletes the pieces of this repository. */
  clear(): Promise<void>;
}

/** Without `files` nothing is kept. A piece that cannot be kept is fetched again: storing is for convenience alone. */
export function keptPieces(files: FileStore | undefined, repository: string): KeptPieces {
  if (files === undefined) return { read: async () => undefined, write: async () => {}, clear: async () => {} };
  const folder = `pieces/${repository.replace(/[^\w-]/g, '_').slice(0, 80)}`;
  const path = async (key: string) => `${folder}/${await nameOf(key)}`;
  return {
    async read(key) {
      const kept = await files.read(await path(key));
      return kept.ok ? kept.value : undefined;
    },
    async write(key, bytes) {
      await files.write(await path(key), bytes.slice());
    },
    async clear() {
      await files.remove(folder);
    },
  };
}

/** A name that a file may have, for any key. */
async function nameOf(key: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
