import { fail, ok, type Result } from '../base/result.ts';
import { assemble, imagesFrom, joinImages, noImages } from './assemble.ts';
import { eachRecords } from './chunks.ts';
import type { Dataset } from './dataset.ts';
import { type Entry, walkEntries } from './entries.ts';
import { FileChecks, type KnownSums } from './file-sums.ts';
import { type ImageWriter, openWriter } from './image-writer.ts';
import { type Matrix, readMatlab } from './matlab.ts';
import { baseName, unnumbered } from './named-file.ts';
import { interleave } from './planes.ts';
import type { InspectedFile, ReadContext, SetReader } from './set-reader.ts';
import { thousands } from './thousands.ts';

const imageSize = 32;
const imageBytes = 3 * imageSize * imageSize;
/** The extra part has 531,131 images. */
const mostImages = 1_000_000;
const partNames = ['train', 'extra', 'test'] as const;
type PartName = (typeof partNames)[number];

/** MD5 as torchvision checks them (datasets/svhn.py). */
const sums: KnownSums = {
  'train_32x32.mat': { algorithm: 'MD5', sum: 'e26dedcc434d2e4c54c9b2d4a06d8373' },
  'test_32x32.mat': { algorithm: 'MD5', sum: 'eb5a983be6a315427106f1b164d9cef3' },
  'extra_32x32.mat': { algorithm: 'MD5', sum: 'a93ce644f1a588dc4d68dda5feec44a7' },
};

/** Reads the cropped digits of SVHN (format 2, MATLAB 5 files). */
export const svhnReader: SetReader = {
  identify: () => ({ set: 'svhn', title: 'SVHN' }),
  claim(path) {
    const base = unnumbered(baseName(path)).toLowerCase();
    if (partOf(base) === undefined) return undefined;
    return base.endsWith('.mat') ? 'part' : 'likeness';
  },
  missing(files) {
    const given = new Set(files.flatMap(({ paths }) => paths.map((path) => partOf(path))));
    const absent = (['train', 'test'] as const).filter((part) => !given.has(part));
    return absent.map((part) => `There is no ${part}_32x32.mat.`);
  },
  read,
};

/** The part a name is of; other words may stand before it, and an ending that a broken download left behind it. */
const partOf = (path: string): PartName | undefined =>
  /(?:^|[^a-z])(train|test|extra)_32x32\.mat(?:$|[^a-z])/i.exec(baseName(path))?.[1]?.toLowerCase() as
    | PartName
    | undefined;

interface Part {
  readonly shown: string;
  readonly first: number;
  readonly labels: Uint16Array;
}

async function read(files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>> {
  const opened = await openWriter(context, imageSize);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const parts = new Map<PartName, Part>();
  const checks = new FileChecks(sums);
  for (const { file, packing } of files) {
    const walked = await walkEntries(file, packing, (entry) => readPart(entry, writer, parts, checks));
    if (walked.ok) continue;
    await writer.discard();
    return walked;
  }
  const store = await writer.finish();
  if (!store.ok) return store;
  const images = (name: PartName) => {
    const part = parts.get(name);
    return part === undefined ? noImages : imagesFrom(part.first, part.labels);
  };
  const notes = checks.notes();
  const extra = images('extra');
  if (extra.labels.length > 0)
    notes.push(`The ${thousands(extra.labels.length)} extra images are part of the training images.`);
  return assemble(
    {
      name: 'svhn',
      title: 'SVHN',
      classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      terms:
        'SVHN (cropped digits), http://ufldl.stanford.edu/housenumbers/. For non-commercial use only, as the official page ' +
        'says. Cite: Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu, A. Y. Ng, Reading Digits in Natural Images with ' +
        'Unsupervised Feature Learning, NIPS Workshop on Deep Learning and Unsupervised Feature Learning, 2011.',
      notes,
      imageSize: writer.imageSize,
      store: store.value,
      train: joinImages([images('train'), extra]),
      validation: undefined,
      test: images('test'),
      unlabelled: undefined,
    },
    context,
  );
}

async function readPart(
  entry: Entry,
  writer: ImageWriter,
  parts: Map<PartName, Part>,
  checks: FileChecks,
): Promise<Result<void>> {
  const part = partOf(entry.path);
  if (part === undefined) return ok(undefined);
  const { shown } = entry;
  const before = parts.get(part);
  if (before !== undefined) {
    return fail(`The ${part} part was given twice: ${before.shown} and ${shown}. Leave one of them out.`, shown);
  }
  const { chunks } = checks.watch(entry);
  const first = writer.count;
  let told: number | undefined;
  let labels: Uint16Array | undefined;
  const visit = async (matrix: Matrix): Promise<Result<void>> => {
    if (matrix.name === 'X') {
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
  const again = 'Download it again from http://ufldl.stanford.edu/housenumbers/.';
  try {
    const file = await readMatlab(chunks, visit);
    if (!file.ok) {
      return file.error.where === undefined
        ? fail(`${shown} is damaged: ${file.error.message}.${howFar()} ${again}`, shown)
        : file;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`${shown} is cut off or damaged (${reason}).${howFar()} ${again}`, shown);
  }
  const count = writer.count - first;
  if (told === undefined || labels === undefined) {
    return fail(`${shown} has no variable ${told === undefined ? 'X with images' : 'y with labels'}. ${again}`, shown);
  }
  if (labels.length !== count) {
    return fail(`${shown} has ${thousands(count)} images and ${thousands(labels.length)} labels. ${again}`, shown);
  }
  parts.set(part, { shown, first, labels });
  return ok(undefined);
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
  if (count < 1 || count > mostImages)
    return fail(`${shown}: X has ${thousands(count)} images. It is damaged; download it again.`, shown);
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
