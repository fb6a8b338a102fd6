import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Batch } from '../../runtime/executor.ts';
import { fileReason } from '../file-errors.ts';
import { planarBatch } from './golden-run.ts';

const side = 32;
const pixels = 3 * side * side;
/** A label byte, then the red, green and blue planes. */
const recordBytes = 1 + pixels;

/** The records of one file of CIFAR-10, untouched. */
export interface Records {
  readonly count: number;
  /** A batch of whole images of the records, in their order; missing rows up to `size` are padding. */
  batch(records: readonly number[], size: number): Batch;
  label(record: number): number;
}

/** Reads `data_batch_1.bin` or the like of a folder. Errors: it cannot be read, or holds no whole number of records. */
export function readRecordFile(folder: string, file: string): Result<Records> {
  const path = join(folder, file);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return fail(
      `${path} cannot be read (${fileReason(error)}). --data takes the folder with CIFAR-10's .bin files.`,
      path,
    );
  }
  if (bytes.length === 0 || bytes.length % recordBytes !== 0) {
    return fail(
      `${path} has ${bytes.length} bytes, which is no multiple of ${recordBytes}: it is no file of CIFAR-10's binary version.`,
      path,
    );
  }
  return ok({
    count: bytes.length / recordBytes,
    batch(records, size) {
      const images = new Uint8Array(size * pixels);
      const labels = new Int32Array(size).fill(-1);
      records.forEach((record, row) => {
        const from = record * recordBytes;
        labels[row] = bytes[from] as number;
        images.set(bytes.subarray(from + 1, from + recordBytes), row * pixels);
      });
      return planarBatch(images, labels, side);
    },
    label: (record) => bytes[record * recordBytes] as number,
  });
}
