import { fail, ok, type Result } from '../../base/result.ts';
import { chunksOf, wholeOf } from '../chunks.ts';
import type { Dataset } from '../dataset.ts';
import { baseName } from '../named-file.ts';
import type { InspectedFile, ReadContext, SetReader } from '../set-reader.ts';
import { thousands } from '../thousands.ts';
import { settled } from './hub-error.ts';
import { openTable } from './parquet-table.ts';
import { readTables, type TableFile } from './read-tables.ts';

/** A file is in memory while it is read. */
const largestFile = 1_000_000_000;

/**
 * Reads Parquet files of a hub that were downloaded by hand: an image and a label column. Which part a file belongs to, its name or folder
 * says (`test-00000-of-00001.parquet`, `validation/0000.parquet`); what says nothing is training.
 */
export const parquetReader: SetReader = {
  identify: () => ({ set: 'own', title: 'Own images (Parquet)' }),
  claim: (path) => (/\.parquet$/i.test(path) ? 'part' : undefined),
  missing: () => [],
  read,
};

async function read(files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>> {
  const train: TableFile[] = [];
  const test: TableFile[] = [];
  for (const { file } of files.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1))) {
    const { name, size } = file;
    if (size > largestFile) {
      return fail(
        `${name} has ${thousands(size)} bytes, more than can be read at once. Give smaller files of the set.`,
        name,
      );
    }
    const opened = await settled(name, async () => {
      const bytes = await wholeOf(chunksOf(file.stream()), size, size);
      const buffer = (bytes ?? new Uint8Array(0)).slice().buffer;
      const table = await openTable(buffer, name);
      return { name: baseName(name), file: buffer, table, groups: table.groups };
    });
    if (!opened.ok) return opened;
    const isTest = /(^|[\\/_.-])(test|valid|validation|val)([\\/_.-]|$)/i.test(name);
    (isTest ? test : train).push(opened.value);
  }
  const terms = 'Your own files: you know their terms. They do not leave this computer.';
  const read = await readTables(
    { train, test },
    { set: 'own', title: 'Own images (Parquet)', terms, notes: [] },
    context,
  );
  return read.ok ? ok(read.value) : read;
}
