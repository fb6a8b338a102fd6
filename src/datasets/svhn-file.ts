import { fail, ok, type Result } from '../base/result.ts';
import { eachRecords } from './chunks.ts';
import type { Entry } from './entries.ts';
import type { ImageWriter } from './image-writer.ts';
import { InflatesTooFar } from './inflation.ts';
import { type Matrix, readMatlab } from './matlab.ts';
import { reasonOf } from './named-file.ts';
import { interleave } from './planes.ts';
import { thousands } from './thousands.ts';

export const imageSize = 32;
const imageBytes = 3 * imageSize * imageSize;
/** The extra part has 531,131 images. */
const mostImages = 1_000_000;
const again = 'Download it again from http://ufldl.stanford.edu/housenumbers/.';

/**
 * Reads one MATLAB file of cropped digits: X with the images and y with the labels, in either order. Answers the labels
 * of the images written.
 */
export async function readDigits(entry: Entry, writer: ImageWriter): Promise<Result<Uint16Array>> {
  const { shown } = entry;
  const first = writer.count;
  let told: number | undefined;
  let labels: Uint16Array | undefined;
  const visit = async (matrix: Matrix): Promise<Result<void>> => {
    if (matrix.name === 'X' && told === undefined) {
      told = matrix.shape[3] ?? 1;
      return readImages(matrix, told, writer, shown);
    }
    if (matrix.name !== 'y') return passOver(matrix);
    const read = await readLabels(matrix, shown);
    if (read.ok) labels = read.value;
    return read.ok ? ok(undefined) : read;
  };
  const howFar = (): string =>
    told === undefined
      ? ''
      : ` ${thousands(writer.count - first)} of its ${thousands(told)} images are whole${labels === undefined ? '; it has no labels' : ''}.`;
  try {
    const file = await readMatlab(entry.chunks, visit);
    if (!file.ok) {
      return file.error.where === undefined
        ? fail(`${shown} is damaged: ${file.error.message}.${howFar()} ${again}`, shown)
        : file;
    }
  } catch (error) {
    if (error instanceof InflatesTooFar) return fail(`${shown} ${error.message}`, shown);
    return fail(`${shown} is cut off or damaged (${reasonOf(error)}).${howFar()} ${again}`, shown);
  }
  const count = writer.count - first;
  if (told === undefined || labels === undefined) {
    return fail(`${shown} has no variable ${told === undefined ? 'X with images' : 'y with labels'}. ${again}`, shown);
  }
  if (labels.length !== count) {
    return fail(`${shown} has ${thousands(count)} images and ${thousands(labels.length)} labels. ${again}`, shown);
  }
  return ok(labels);
}

/** X, uint8 [32, 32, 3, n] with the row fastest: image after image, three planes each, column after column. */
async function readImages(matrix: Matrix, count: number, writer: ImageWriter, shown: string): Promise<Result<void>> {
  const [rows, columns, channels] = matrix.shape;
  if (
    rows !== imageSize ||
    columns !== imageSize ||
    channels !== 3 ||
    matrix.elementSize !== 1 ||
    matrix.shape.length > 4
  ) {
    return fail(
      `${shown}: X is [${matrix.shape.join(', ')}], not bytes of 32 x 32 x 3 x images. Choose the cropped digits (format 2).`,
      shown,
    );
  }
  if (count < 1 || count > mostImages) {
    return fail(`${shown}: X tells of ${thousands(count)} images. It is damaged. ${again}`, shown);
  }
  const left = await eachRecords(matrix.chunks, imageBytes, (records) => {
    const here = records.length / imageBytes;
    const images = new Uint8Array(records.length);
    for (let index = 0; index < here; index++) {
      interleave(records, index * imageBytes, images, index * imageBytes, { size: imageSize, order: 'column' });
    }
    return writer.write(images);
  });
  if (!left.ok) return left;
  return left.value === 0 ? ok(undefined) : fail(`${shown}: X ends within an image. Download it again.`, shown);
}

/** y, [n, 1], labels 1 to 10, of which 10 is the digit 0. */
async function readLabels(matrix: Matrix, shown: string): Promise<Result<Uint16Array>> {
  const labels: number[] = [];
  const left = await eachRecords(matrix.chunks, matrix.elementSize, async (records) => {
    const view = new DataView(records.buffer, records.byteOffset, records.length);
    for (let at = 0; at < records.length; at += matrix.elementSize) {
      const label = matrix.element(view, at);
      if (!Number.isInteger(label) || label < 1 || label > 10) {
        return fail(
          `${shown}: y has ${label} for image ${thousands(labels.length + 1)}, but SVHN has labels 1 to 10. Download it again.`,
          shown,
        );
      }
      labels.push(label % 10);
    }
    return labels.length > mostImages
      ? fail(`${shown}: y has too many labels. Download it again.`, shown)
      : ok(undefined);
  });
  if (!left.ok) return left;
  return ok(Uint16Array.from(labels));
}

async function passOver(matrix: Matrix): Promise<Result<void>> {
  for await (const _ of matrix.chunks);
  return ok(undefined);
}
