import * as v from 'valibot';
import { fail, ok, type Result } from '../base/result.ts';
import {
  allSeries,
  type ColumnKey,
  type ColumnsData,
  type HistoryData,
  isColumnKey,
  ofSeries,
  type Series,
} from '../runs/history.ts';

/**
 * A stretch of a run's history as bytes: the length of a JSON header (uint32, little-endian), the header, padding to 8
 * bytes, and the columns of float64 one after the other.
 */
export interface HistorySegment {
  /** Rows of each series that lie in earlier segments. */
  readonly before: Rows;
  readonly data: HistoryData;
}

/** A number of rows of every series. */
export type Rows = Readonly<Record<Series, number>>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const seriesSchema = v.object({
  before: count,
  rows: count,
  columns: v.pipe(v.array(v.pipe(v.string(), v.check(isColumnKey, 'there is no such column'))), v.maxLength(10_000)),
});
const headerSchema = v.object({
  // The first version held no gradients.
  version: v.picklist([1, 2]),
  train: seriesSchema,
  validation: seriesSchema,
  test: seriesSchema,
  gradients: v.optional(seriesSchema, { before: 0, rows: 0, columns: [] }),
});

export function writeSegment({ before, data }: HistorySegment): Uint8Array<ArrayBuffer> {
  const headerOf = (series: Series) => ({
    before: before[series],
    rows: data[series].rows,
    columns: data[series].columns.map(([key]) => key),
  });
  const header = { version: 2, ...ofSeries(headerOf) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const columns = allSeries.flatMap((series) => data[series].columns);
  const bytes = columns.reduce((sum, [, numbers]) => sum + numbers.byteLength, start);
  const file = new Uint8Array(bytes);
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 4);
  let offset = start;
  for (const [, numbers] of columns) {
    file.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), offset);
    offset += numbers.byteLength;
  }
  return file;
}

/** Errors: the header is none, or the columns it names do not fill the file. */
export function parseSegment(file: Uint8Array<ArrayBuffer>, name: string): Result<HistorySegment> {
  const refuse = (why: string) => fail(`${name} holds no history that this version reads: ${why}.`, name);
  if (file.length < 4) return refuse('it is cut off');
  const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const start = Math.ceil((4 + length) / 8) * 8;
  if (start > file.length) return refuse('it is cut off');
  const parsed = v.safeParse(headerSchema, parseJson(file.subarray(4, 4 + length)));
  if (!parsed.success) return refuse(`${v.getDotPath(parsed.issues[0]) ?? 'its header'}: ${parsed.issues[0].message}`);
  const header = parsed.output;
  const numbers = allSeries.reduce((sum, series) => sum + header[series].rows * header[series].columns.length, 0);
  if (start + 8 * numbers !== file.length) return refuse('its length does not fit its columns');
  let offset = start;
  const take = ({ rows, columns }: v.InferOutput<typeof seriesSchema>): ColumnsData => ({
    rows,
    columns: columns.map((key) => {
      const from = offset;
      offset += 8 * rows;
      return [key as ColumnKey, new Float64Array(file.slice(from, offset).buffer)];
    }),
  });
  return ok({ before: ofSeries((series) => header[series].before), data: ofSeries((series) => take(header[series])) });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
