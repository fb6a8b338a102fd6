import { fail, ok, type Result } from '../base/result.ts';
import { eachRecords } from './chunks.ts';
import type { CifarSet } from './cifar-official.ts';
import type { Entry } from './entries.ts';
import type { ImageWriter } from './image-writer.ts';
import { interleave } from './planes.ts';
import { thousands } from './thousands.ts';

export const imageSize = 32;
export const imageBytes = 3 * imageSize * imageSize;
/** More records than any part of CIFAR joined with all others has. */
export const mostRecords = 60_000;

/**
 * Reads one part in the binary format: records of the label bytes, then the red, the green and the blue plane, row after
 * row. Answers the labels of the images written.
 */
export async function readRecords(
  { shown, size, chunks }: Entry,
  set: CifarSet,
  writer: ImageWriter,
): Promise<Result<Uint16Array>> {
  const recordSize = set.labelBytes + imageBytes;
  if (size === 0) return fail(`${shown} is empty. Download it again.`, shown);
  const labels: number[] = [];
  const take = async (records: Uint8Array): Promise<Result<void>> => {
    const count = records.length / recordSize;
    const images = new Uint8Array(count * imageBytes);
    for (let index = 0; index < count; index++) {
      const at = index * recordSize;
      const label = records[at + set.labelBytes - 1] as number;
      if (label >= set.classNames.length) {
        const record = labels.length + 1;
        return fail(
          `${shown}: record ${thousands(record)} (byte ${thousands((record - 1) * recordSize)}) has label ${label}, but ` +
            `${set.title} has labels 0 to ${set.classNames.length - 1}. The file is damaged or of another kind; download it again.`,
          shown,
        );
      }
      labels.push(label);
      interleave(records, at + set.labelBytes, images, index * imageBytes, { size: imageSize, order: 'row' });
    }
    if (labels.length > mostRecords) return tooMany(shown, set);
    return writer.write(images);
  };
  const left = await eachRecords(chunks, recordSize, take);
  if (!left.ok) return left;
  if (left.value > 0 || labels.length === 0) {
    return fail(
      `${shown} ends in the middle of record ${thousands(labels.length + 1)}: it has ` +
        `${thousands(labels.length * recordSize + left.value)} bytes, not a multiple of ${thousands(recordSize)}; ` +
        `${thousands(labels.length)} images are whole. Download it again.`,
      shown,
    );
  }
  return ok(Uint16Array.from(labels));
}

/** Refuses a part that has more images than the whole set. */
export const tooMany = (shown: string, set: CifarSet) =>
  fail(
    `${shown} holds more than the ${thousands(mostRecords)} images of all of ${set.title}. It must be another file; ` +
      `choose ${set.archives.join(' or ')}.`,
    shown,
  );
