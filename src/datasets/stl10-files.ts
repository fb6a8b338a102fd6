import { fail, ok, type Result } from '../base/result.ts';
import { eachRecords } from './chunks.ts';
import { type Entry, readWhole } from './entries.ts';
import type { ImageWriter } from './image-writer.ts';
import { interleave } from './planes.ts';
import { thousands } from './thousands.ts';

export const imageSize = 96;
export const imageBytes = 3 * imageSize * imageSize;
const mostImages = 1_000_000;

/** Images of three planes, each column after column. Keeps the first `most` of them; answers how many there are. */
export async function readImages(
  { shown, size, chunks }: Entry,
  most: number,
  writer: ImageWriter,
): Promise<Result<number>> {
  if (size === 0) return fail(`${shown} is empty. Download it again.`, shown);
  let count = 0;
  const left = await eachRecords(chunks, imageBytes, async (records) => {
    const here = records.length / imageBytes;
    const kept = Math.min(here, Math.max(0, most - count));
    count += here;
    if (count > mostImages)
      return fail(`${shown} holds more images than all of STL-10. It must be another file.`, shown);
    if (kept === 0) return ok(undefined);
    const images = new Uint8Array(kept * imageBytes);
    for (let index = 0; index < kept; index++) {
      interleave(records, index * imageBytes, images, index * imageBytes, { size: imageSize, order: 'column' });
    }
    return writer.write(images);
  });
  if (!left.ok) return left;
  if (left.value === 0) return ok(count);
  return fail(
    `${shown} ends in the middle of image ${thousands(count + 1)}: it has ${thousands(count * imageBytes + left.value)} bytes, ` +
      `not a multiple of ${thousands(imageBytes)}; ${thousands(count)} images are whole. Download it again.`,
    shown,
  );
}

/** Labels 1 to 10, a byte each. */
export async function readLabels(entry: Entry): Promise<Result<Uint16Array>> {
  const { shown } = entry;
  const bytes = await readWhole(entry, mostImages);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return fail(`${shown} is empty. Download it again.`, shown);
  const wrong = bytes.value.findIndex((label) => label < 1 || label > 10);
  if (wrong >= 0) {
    return fail(
      `${shown}: byte ${thousands(wrong)} is ${bytes.value[wrong]}, but STL-10 has labels 1 to 10. The file is damaged or of another kind; download it again.`,
      shown,
    );
  }
  return ok(Uint16Array.from(bytes.value, (label) => label - 1));
}
