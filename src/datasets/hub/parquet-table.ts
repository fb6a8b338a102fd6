import type { AsyncBuffer, ColumnMetaData, FileMetaData, RowGroup } from 'hyparquet';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet';
import * as v from 'valibot';
import { HubError } from './hub-error.ts';

/** A run of bytes of a file, `end` exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Rows that are stored, and so fetched, together. */
export interface RowGroupInfo {
  readonly firstRow: number;
  readonly rows: number;
  /** Where its images and labels lie in the file. */
  readonly ranges: readonly ByteRange[];
  /** Smallest and largest label in it, where the file says so. */
  readonly labels: readonly [least: number, most: number] | undefined;
}

/** A Parquet file with a column of images and one of labels. */
export interface ImageTable {
  readonly metadata: FileMetaData;
  readonly imageColumn: string;
  readonly labelColumn: string;
  /** In label order, where the file says so. */
  readonly classNames: readonly string[] | undefined;
  readonly groups: readonly RowGroupInfo[];
  readonly rows: number;
}

/**
 * Reads the footer of a Parquet file and finds the columns of images and labels: by what the hub notes of the features in it, else by
 * their form. Throws HubError where there are none, or where the footer contradicts the file.
 */
export async function openTable(file: AsyncBuffer, name: string): Promise<ImageTable> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const features = featuresOf(metadata);
  const imageColumn = features.image ?? imageColumnOf(metadata);
  if (imageColumn === undefined)
    throw refusal(name, 'has no column of images (a struct with bytes, as the hub stores them)');
  const labelColumn = features.label ?? labelColumnOf(metadata, imageColumn);
  if (labelColumn === undefined) throw refusal(name, 'has no column of labels');
  let firstRow = 0;
  const groups = metadata.row_groups.map((group) => {
    const info = groupInfo(group, firstRow, file.byteLength, [imageColumn, labelColumn], labelColumn, name);
    firstRow += info.rows;
    return info;
  });
  return { metadata, imageColumn, labelColumn, classNames: features.classNames, groups, rows: firstRow };
}

const refusal = (name: string, what: string): HubError =>
  new HubError({ message: `${name} ${what}. Choose another set or file.`, where: name });

const featuresSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    info: v.object({
      features: v.record(
        v.string(),
        v.looseObject({ _type: v.optional(v.string()), names: v.optional(v.array(v.string())) }),
      ),
    }),
  }),
);

/** What the hub writes into the footer: which columns are images and classes, and the names of the classes. */
function featuresOf(metadata: FileMetaData) {
  const note = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  const parsed = v.safeParse(featuresSchema, note);
  if (!parsed.success) return { image: undefined, label: undefined, classNames: undefined };
  const features = Object.entries(parsed.output.info.features);
  const image = features.find(([, { _type }]) => _type === 'Image')?.[0];
  const label = features.find(([, { _type }]) => _type === 'ClassLabel');
  return { image, label: label?.[0], classNames: label?.[1].names };
}

function imageColumnOf(metadata: FileMetaData): string | undefined {
  const columns = parquetSchema(metadata).children;
  return columns.find(({ children }) => children.some(({ element }) => element.name === 'bytes'))?.element.name;
}

const usualLabels = ['label', 'labels', 'fine_label', 'class', 'target', 'y'];

function labelColumnOf(metadata: FileMetaData, imageColumn: string): string | undefined {
  const plain = parquetSchema(metadata).children.filter(
    ({ children, element }) => children.length === 0 && element.name !== imageColumn,
  );
  const names = plain.map(({ element }) => element.name);
  const usual = usualLabels.find((name) => names.includes(name));
  if (usual !== undefined) return usual;
  const whole = plain.filter(({ element }) => element.type === 'INT64' || element.type === 'INT32');
  return whole.length === 1 ? whole[0]?.element.name : undefined;
}

function groupInfo(
  group: RowGroup,
  firstRow: number,
  fileSize: number,
  wanted: readonly string[],
  labelColumn: string,
  name: string,
): RowGroupInfo {
  const ranges: ByteRange[] = [];
  let labels: RowGroupInfo['labels'];
  for (const { meta_data: column, file_path: elsewhere } of group.columns) {
    const top = column?.path_in_schema[0];
    if (column === undefined || top === undefined || !wanted.includes(top)) continue;
    if (elsewhere !== undefined) throw refusal(name, 'keeps its data in another file');
    ranges.push(rangeOf(column, fileSize, name));
    if (top === labelColumn) labels = labelsOf(column);
  }
  const rows = Number(group.num_rows);
  if (!Number.isSafeInteger(rows) || rows < 0) throw refusal(name, 'is damaged: it counts rows it cannot have');
  return { firstRow, rows, ranges: ranges.sort((a, b) => a.start - b.start), labels };
}

function rangeOf(column: ColumnMetaData, fileSize: number, name: string): ByteRange {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  if (start >= 0 && start <= end && end <= fileSize) return { start, end };
  throw refusal(name, 'is damaged: its footer points outside of it');
}

function labelsOf({ statistics }: ColumnMetaData): RowGroupInfo['labels'] {
  const least = statistics?.min_value ?? statistics?.min;
  const most = statistics?.max_value ?? statistics?.max;
  const whole = (value: unknown) =>
    typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
  const range = [whole(least), whole(most)] as const;
  return range[0] === undefined || range[1] === undefined ? undefined : [range[0], range[1]];
}
