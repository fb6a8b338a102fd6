import { fail, ok, type Result } from '../base/result.ts';
import { EndsEarly } from './byte-reader.ts';
import { type Chunks, wholeOf } from './chunks.ts';
import { InflatesTooFar } from './inflation.ts';
import { isHidden, type NamedFile, reasonOf } from './named-file.ts';
import { entriesOf, type Packing } from './packing.ts';
import { thousands } from './thousands.ts';

/** A file as given, or one inside an archive. */
export interface Entry {
  /** With its folders. */
  readonly path: string;
  /** For people: the path, and which archive it is in. */
  readonly shown: string;
  /** Bytes, as far as they are told beforehand. */
  readonly size: number | undefined;
  /** Its bytes, once. What is not read is passed over. Rejects where the archive is damaged or the file unreadable. */
  readonly chunks: Chunks;
}

/** Given each entry in turn; a failure stops the reading. */
export type Visit = (entry: Entry) => Promise<Result<void>>;

/**
 * Hands on every file in `file`: those of a zip, tar or gzipped tar, what a .gz holds, or the file itself; folders,
 * links and hidden files (.DS_Store, __MACOSX) are passed over. At most what `visit` keeps is in memory.
 *
 * Fails where an archive is cut off or damaged, inflates without end, or names a place outside of itself. `howFar` says
 * what of the entry was whole at that time, in a sentence.
 */
export async function walkEntries(
  file: NamedFile,
  packing: Packing,
  visit: Visit,
  howFar: () => string = () => '',
): Promise<Result<void>> {
  const { name } = file;
  if (file.size === 0) return fail(`${name} is empty. Download or copy it again.`, name);
  const gauge = { packed: 0, unpacked: 0 };
  let seen = 0;
  let inside = name;
  try {
    for await (const entry of entriesOf(file, packing, gauge)) {
      const archived = packing !== 'none';
      const shown = archived ? `${entry.path} in ${name}` : name;
      inside = shown;
      if (archived && leavesArchive(entry.path)) {
        return fail(
          `${name} holds "${entry.path}", a place outside of the archive, as no data set does; nothing was kept.`,
          name,
        );
      }
      if (!archived || !isHidden(entry.path)) {
        const visited = await visit({ ...entry, shown });
        if (!visited.ok) return visited;
      }
      // An archive goes on only behind the end of this entry.
      if (archived && packing !== 'gzip') for await (const _ of entry.chunks);
      seen++;
    }
    return ok(undefined);
  } catch (error) {
    if (error instanceof InflatesTooFar) return fail(`${name} ${error.message}`, name);
    if (error instanceof EndsEarly) {
      return fail(`${inside} is cut off: ${error.message}, where more should follow. Download it again.`, name);
    }
    if (packing === 'none') {
      return fail(
        `${name} could not be read (${reasonOf(error)}). See that it still exists and may be opened, then try again.`,
        name,
      );
    }
    const told = howFar();
    const sentence = told === '' ? '' : `${told} `;
    const where = inside === name ? 'in its first entry' : `in or behind ${inside}`;
    return fail(
      `${name} is cut off or damaged (${reasonOf(error)}): ${where}, after ${thousands(gauge.packed)} of its ` +
        `${thousands(file.size)} bytes; ${thousands(seen)} ${seen === 1 ? 'entry was' : 'entries were'} whole. ${sentence}Download it again.`,
      name,
    );
  }
}

const leavesArchive = (path: string): boolean =>
  /^([a-z]:|[\\/])/i.test(path) || path.includes('\0') || path.split(/[\\/]/).includes('..');

/** The whole of an entry. Fails where it has more than `most` bytes. */
export async function readWhole(entry: Entry, most: number): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const { shown, size } = entry;
  if (size !== undefined && size > most) return tooLarge(shown, size, most);
  const bytes = await wholeOf(entry.chunks, most, size);
  return bytes === undefined ? tooLarge(shown, undefined, most) : ok(bytes);
}

const tooLarge = (shown: string, size: number | undefined, most: number) =>
  fail(
    `${shown} has ${size === undefined ? 'more' : `${thousands(size)} bytes, more`} than the ${thousands(most)} bytes that such a file may have. It must be another file.`,
    shown,
  );
