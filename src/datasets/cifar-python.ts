import { fail, ok, type Result } from '../base/result.ts';
import type { CifarSet } from './cifar-official.ts';
import { imageBytes, imageSize, mostRecords, tooMany } from './cifar-records.ts';
import { type Entry, readWhole } from './entries.ts';
import type { ImageWriter } from './image-writer.ts';
import { readPickle } from './pickle.ts';
import { NumpyArray, type Pickled, PickledDictionary, PickledList } from './pickle-objects.ts';
import { interleave } from './planes.ts';
import { thousands } from './thousands.ts';

/** CIFAR-100's training part has 155 MB. */
const mostBytes = 256 * 1024 * 1024;
/** Images brought to RGB triples at a time. */
const group = 256;

/**
 * Reads one part in the Python format: a pickled dictionary with `data`, a uint8 array [n, 3072] of three planes a row,
 * and the labels, a list of n integers. Answers the labels of the images written.
 */
export async function readBatch(entry: Entry, set: CifarSet, writer: ImageWriter): Promise<Result<Uint16Array>> {
  const { shown } = entry;
  const bytes = await readWhole(entry, mostBytes);
  if (!bytes.ok) return bytes;
  const refuse = (reason: string) => fail(`${shown} is no part of ${set.title}: ${reason}. Download it again.`, shown);
  const pickle = readPickle(bytes.value);
  if (!pickle.ok) return refuse(pickle.error.message);
  if (!(pickle.value instanceof PickledDictionary)) return refuse('it is a pickle of something else than a dictionary');
  const data = pickle.value.entries.get('data');
  if (!(data instanceof NumpyArray)) return refuse('it has no array "data"');
  const [count = 0, width] = data.shape;
  if (data.type !== 'u1' || data.columnMajor || width !== imageBytes || data.bytes.length !== count * imageBytes) {
    return refuse(
      `its "data" is ${data.type || 'nothing'} [${data.shape.join(', ')}] of ${thousands(data.bytes.length)} bytes, ` +
        `not uint8 [n, ${imageBytes}]`,
    );
  }
  if (count === 0) return refuse('it holds no images');
  if (count > mostRecords) return tooMany(shown, set);
  const labels = labelsOf(pickle.value.entries.get(set.labelKey), count, set.classNames.length);
  if (!labels.ok) return refuse(`its "${set.labelKey}" ${labels.error.message}`);
  const images = new Uint8Array(group * imageBytes);
  for (let first = 0; first < count; first += group) {
    const here = Math.min(group, count - first);
    for (let place = 0; place < here; place++) {
      const start = (first + place) * imageBytes;
      interleave(data.bytes, start, images, place * imageBytes, { size: imageSize, order: 'row' });
    }
    const written = await writer.write(images.subarray(0, here * imageBytes));
    if (!written.ok) return written;
  }
  return labels;
}

/** The message ends a sentence that begins with the labels. */
function labelsOf(value: Pickled, count: number, classes: number): Result<Uint16Array> {
  if (!(value instanceof PickledList)) return fail('are missing');
  const { items } = value;
  if (items.length !== count) return fail(`are ${thousands(items.length)} for ${thousands(count)} images`);
  const wrong = items.findIndex((label) => !isIndex(label, classes));
  if (wrong >= 0)
    return fail(`have ${String(items[wrong])} for record ${thousands(wrong + 1)}, not 0 to ${classes - 1}`);
  return ok(Uint16Array.from(items as readonly number[]));
}

const isIndex = (value: Pickled, below: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below;
