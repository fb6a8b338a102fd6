import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../base/result.ts';
import type { ShardOpener } from './shards.ts';

/** Opens shards in a folder of this machine. */
export const folderShards =
  (root: string): ShardOpener =>
  async (path) => {
    try {
      const file = openSync(join(root, path), 'r');
      return ok({
        read(into, at) {
          const length = readSync(file, into, 0, into.length, at);
          if (length !== into.length) throw new Error(`${path} is shorter than it was`);
        },
        close: () => closeSync(file),
      });
    } catch (error) {
      return fail(`Stored images (${path}) cannot be opened (${String(error)}). Load them again.`, path);
    }
  };
