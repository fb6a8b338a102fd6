import { fail, ok, type Result } from '../base/result.ts';
import { type NamedFile, reasonOf } from './named-file.ts';
import { firstPaths, packingOf } from './packing.ts';
import type { InspectedFile } from './set-reader.ts';

/** A first look at a file: how it is packed and, of an archive, what its first entries are called. */
export async function inspect(file: NamedFile): Promise<Result<InspectedFile>> {
  try {
    const packing = await packingOf(file);
    const paths = packing === 'none' ? [file.name] : await firstPaths(file, packing);
    return ok({ file, packing, paths });
  } catch (error) {
    return fail(
      `${file.name} could not be read (${reasonOf(error)}). See that it still exists and may be opened, then try again.`,
      file.name,
    );
  }
}
