import { fail, ok, type Result } from '../base/result.ts';
import { officialPartSize } from './cifar10-official.ts';
import { type ImageSet, thousands } from './dataset.ts';

export const imageSize = 32;
const pixels = imageSize * imageSize;
/** A label byte, then the red, the green and the blue plane, row after row. */
export const recordSize = 1 + 3 * pixels;
/** More records than any file of CIFAR-10 joined with all others has. */
const mostRecords = 60_000;

/**
 * Refuses a part by its size in bytes alone: empty, too large, or ending within a record. `shown` names the file to the
 * user.
 */
export function checkPartSize(shown: string, size: number): Result<number> {
  if (size === 0) return fail(`${shown} is empty. Download it again.`, shown);
  if (size > mostRecords * recordSize) {
    return fail(
      `${shown} has ${thousands(size)} bytes, far more than the ${thousands(officialPartSize)} of the official file. ` +
        'It must be another file; choose the one from the binary version of CIFAR-10.',
      shown,
    );
  }
  if (size % recordSize !== 0) {
    const record = Math.floor(size / recordSize) + 1;
    return fail(
      `${shown} ends in the middle of record ${thousands(record)}: it has ${thousands(size)} bytes, not a multiple of ` +
        `${thousands(recordSize)} (the official file has ${thousands(officialPartSize)}). Download it again.`,
      shown,
    );
  }
  return ok(size / recordSize);
}

/** The images [n,32,32,3] and labels [n] of one part in the binary format. `shown` names the file to the user. */
export function readRecords(shown: string, bytes: Uint8Array): Result<ImageSet> {
  if (looksPickled(bytes)) {
    return fail(`${shown} holds a Python pickle, which cannot be read. Use the binary version of CIFAR-10.`, shown);
  }
  const size = checkPartSize(shown, bytes.length);
  if (!size.ok) return size;
  const count = size.value;
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const at = index * recordSize;
    const label = bytes[at] as number;
    if (label > 9) {
      return fail(
        `${shown}: record ${thousands(index + 1)} (byte ${thousands(at)}) has label ${label}, but CIFAR-10 has labels 0 ` +
          'to 9. The file is damaged or of another kind; download the binary version again.',
        shown,
      );
    }
    labels[index] = label;
  }
  const images = new Uint8Array(count * 3 * pixels);
  for (let index = 0; index < count; index++) {
    interleave(bytes, index * recordSize + 1, images, index * 3 * pixels);
  }
  return ok({ images, labels, count });
}

/** Three planes of `pixels` bytes to RGB triples. */
function interleave(from: Uint8Array, start: number, to: Uint8Array, first: number): void {
  let at = first;
  for (let pixel = start; pixel < start + pixels; pixel++) {
    to[at] = from[pixel] as number;
    to[at + 1] = from[pixel + pixels] as number;
    to[at + 2] = from[pixel + 2 * pixels] as number;
    at += 3;
  }
}

/** Pickles begin with 0x80 and their protocol's number; no record does. */
const looksPickled = (bytes: Uint8Array): boolean => bytes[0] === 0x80 && (bytes[1] as number) <= 5;
