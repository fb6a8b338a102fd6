import * as v from 'valibot';
import { fail, ok, type Result } from '../base/result.ts';
import {
  type ColumnKey,
  type ColumnsData,
  type HistoryData,
  isColumnKey,
  type Phase,
  phases,
} from '../runs/history.ts';

/**
 * A stretch of a run's history as bytes: the length of a JSON header (uint32, little-endian), the header, padding to 8
 * bytes, and the columns of float64 one after the other.
 */
export interface HistorySegment {
  /** Rows of each phase that lie in earlier segments. */
  readonly before: Rows;
  readonly data: HistoryData;
}

/** A number of rows of every phase. */
export type Rows = Readonly<Record<Phase, number>>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const phaseSchema = v.object({
  before: count,
  rows: count,
  columns: v.pipe(v.array(v.pipe(v.string(), v.check(isColumnKey, 'there is no such column'))), v.maxLength(10_000)),
});
const headerSchema = v.object({
  version: v.literal(1),
  train: phaseSchema,
  validation: phaseSchema,
  test: phaseSchema,
});

export function writeSegment({ before, data }: HistorySegment): Uint8Array<ArrayBuffer> {
  const headerOf = (phase: Phase) => ({
    before: before[phase],
    rows: data[phase].rows,
    columns: data[phase].columns.map(([key]) => key),
  });
  const header = { version: 1, ...ofPhases(headerOf) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const columns = phases.flatMap((phase) => data[phase].columns);
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
  const numbers = phases.reduce((sum, phase) => sum + header[phase].rows * header[phase].columns.length, 0);
  if (start + 8 * numbers !== file.length) return refuse('its length does not fit its columns');
  let offset = start;
  const take = ({ rows, columns }: v.InferOutput<typeof phaseSchema>): ColumnsData => ({
    rows,
    columns: columns.map((key) => {
      const from = offset;
      offset += 8 * rows;
      return [key as ColumnKey, new Float64Array(file.slice(from, offset).buffer)];
    }),
  });
  return ok({ before: ofPhases((phase) => header[phase].before), data: ofPhases((phase) => take(header[phase])) });
}

/** One value for every phase, in the order of `phases`. */
export const ofPhases = <Made>(make: (phase: Phase) => Made): Record<Phase, Made> => ({
  train: make('train'),
  validation: make('validation'),
  test: make('test'),
});

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
