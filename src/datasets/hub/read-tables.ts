import type { AsyncBuffer } from 'hyparquet';
import { parquetRead } from 'hyparquet';
import { fail, ok, type Result } from '../../base/result.ts';
import { assemble, imagesFrom, type LabelledImages, noImages } from '../assemble.ts';
import type { Dataset } from '../dataset.ts';
import { imageFormats } from '../image-formats.ts';
import { type ImageWriter, openWriter } from '../image-writer.ts';
import { PhotoCollector } from '../photo-collector.ts';
import type { ReadContext } from '../set-reader.ts';
import { thousands } from '../thousands.ts';
import { HubError, settled } from './hub-error.ts';
import type { HubSet } from './hub-sets.ts';
import type { ImageTable, RowGroupInfo } from './parquet-table.ts';

/** A Parquet file, and the row groups of it that are read. */
export interface TableFile {
  /** For people. */
  readonly name: string;
  readonly file: AsyncBuffer;
  readonly table: ImageTable;
  readonly groups: readonly RowGroupInfo[];
}

export interface Tables {
  readonly train: readonly TableFile[];
  readonly test: readonly TableFile[];
}

/** What the dataset is called and what is to be told of it. */
export interface TablesOf {
  readonly set: HubSet['set'];
  readonly title: string;
  readonly terms: string;
  readonly notes: readonly string[];
}

/** Most classes a label can tell apart here. */
const mostClasses = 65_536;

/**
 * Reads images and labels of Parquet files, row group by row group, so that little is in memory beside the decoded images. Labels are
 * whole numbers with names, or without (then they are their own names), or texts, whose classes are in sorted order.
 */
export async function readTables(tables: Tables, of: TablesOf, context: ReadContext): Promise<Result<Dataset>> {
  const first = tables.train[0] ?? tables.test[0];
  if (first === undefined) return fail(`${of.title} has no rows to read.`);
  const size = context.resolution === 'native' ? imageFormats[of.set].imageSize : context.resolution;
  const opened = await openWriter(context, size);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const collector = new PhotoCollector(context.decoder, writer);
  const read = await settled(of.title, async () => {
    const train = await readPart(tables.train, collector);
    const test = await readPart(tables.test, collector);
    return { train, test };
  });
  const finished = read.ok ? await collector.finish() : read;
  if (!read.ok || !finished.ok) {
    await writer.discard();
    return read.ok ? (finished as Result<never>) : read;
  }
  const { train, test } = read.value;
  const classNames = classNamesOf(first.table.classNames, [...train, ...test]);
  const labelled = classNames.ok ? label(train, test, classNames.value) : classNames;
  if (!classNames.ok || !labelled.ok) {
    await writer.discard();
    return labelled as Result<never>;
  }
  return assembled(writer, labelled.value, classNames.value, of, context);
}

async function assembled(
  writer: ImageWriter,
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  classNames: readonly string[],
  { set, title, terms, notes }: TablesOf,
  context: ReadContext,
): Promise<Result<Dataset>> {
  const store = await writer.finish();
  if (!store.ok) return store;
  const name = set;
  const parts = { train, test, validation: undefined, unlabelled: undefined };
  const { imageSize } = writer;
  return assemble({ name, title, classNames, terms, notes, imageSize, store: store.value, ...parts }, context);
}

type Label = number | string;

/** The labels of a part's rows, whose images go to the collector in the same order. */
async function readPart(files: readonly TableFile[], collector: PhotoCollector): Promise<Label[]> {
  const labels: Label[] = [];
  for (const { name, file, table, groups } of files) {
    const { metadata, imageColumn, labelColumn } = table;
    for (const { firstRow, rows } of groups) {
      const range = { file, metadata, rowStart: firstRow, rowEnd: firstRow + rows, utf8: false };
      // Apart, so that only the bytes of these two columns are fetched, whatever lies between them.
      const images = await column(range, imageColumn);
      const values = await column(range, labelColumn);
      if (images.length !== rows || values.length !== rows) throw damaged(name, `a row group should have ${rows} rows`);
      for (let row = 0; row < rows; row++) {
        const shown = `Row ${thousands(firstRow + row)} of ${name}`;
        const bytes = imageBytes(images[row]);
        if (bytes === undefined) throw damaged(shown, 'has no image');
        const entry = { path: `${name}/${firstRow + row}`, shown, size: bytes.length, chunks: once(bytes) };
        const added = await collector.addPhoto(entry);
        if (!added.ok) throw new HubError(added.error);
        labels.push(labelOf(values[row], shown));
      }
    }
  }
  return labels;
}

async function column(
  range: {
    readonly file: AsyncBuffer;
    readonly metadata: ImageTable['metadata'];
    readonly rowStart: number;
    readonly rowEnd: number;
    readonly utf8: boolean;
  },
  name: string,
): Promise<unknown[]> {
  let values: unknown[] = [];
  const onComplete = (rows: unknown[][]) => {
    values = rows.map(([value]) => value);
  };
  await parquetRead({ ...range, columns: [name], onComplete });
  return values;
}

/** The hub stores an image as a struct of its file's bytes and path. */
function imageBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  const bytes = typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : undefined;
  return bytes instanceof Uint8Array ? bytes : undefined;
}

function labelOf(value: unknown, shown: string): Label {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  const number = Number(value);
  if ((typeof value === 'number' || typeof value === 'bigint') && Number.isInteger(number)) return number;
  throw damaged(shown, 'has no label');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

const damaged = (where: string, what: string): HubError =>
  new HubError({ message: `${where} cannot be used: it ${what}. Choose another set or file.`, where });

/** The names the file gives; else the labels themselves, in order. */
function classNamesOf(named: readonly string[] | undefined, labels: readonly Label[]): Result<readonly string[]> {
  if (named !== undefined) return ok(named);
  const texts = [...new Set(labels.filter((value) => typeof value === 'string'))].sort();
  if (texts.length > 0) return ok(texts);
  const most = (labels as readonly number[]).reduce((largest, value) => Math.max(largest, value), 0);
  if (most >= mostClasses) return fail(`A label is ${thousands(most)}: these are no classes. Choose another set.`);
  return ok(Array.from({ length: most + 1 }, (_, index) => String(index)));
}

function label(
  train: readonly Label[],
  test: readonly Label[],
  classNames: readonly string[],
): Result<{ readonly train: LabelledImages; readonly test: LabelledImages }> {
  const places = new Map(classNames.map((name, place) => [name, place]));
  const placed = (labels: readonly Label[]) =>
    Uint16Array.from(labels, (value) => (typeof value === 'number' ? value : (places.get(value) ?? 0)));
  const strange = [...train, ...test].find((value) =>
    typeof value === 'number' ? value < 0 || value >= classNames.length : !places.has(value),
  );
  if (strange !== undefined) {
    return fail(`A label is ${strange}, which is none of the ${classNames.length} classes. Choose another set.`);
  }
  return ok({
    train: train.length === 0 ? noImages : imagesFrom(0, placed(train)),
    test: test.length === 0 ? noImages : imagesFrom(train.length, placed(test)),
  });
}
