import { fail, ok, type Result } from '../base/result.ts';
import { assemble, imagesFrom, joinImages, noImages } from './assemble.ts';
import type { Dataset } from './dataset.ts';
import { type Entry, walkEntries } from './entries.ts';
import { FileChecks, type KnownSums } from './file-sums.ts';
import { type ImageWriter, openWriter } from './image-writer.ts';
import { baseName, unnumbered } from './named-file.ts';
import type { InspectedFile, ReadContext, SetReader } from './set-reader.ts';
import { imageSize, readDigits } from './svhn-file.ts';
import { thousands } from './thousands.ts';

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
  const notes = await checks.notes();
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
  given: Entry,
  writer: ImageWriter,
  parts: Map<PartName, Part>,
  checks: FileChecks,
): Promise<Result<void>> {
  const part = partOf(given.path);
  if (part === undefined) return ok(undefined);
  const { shown } = given;
  const before = parts.get(part);
  if (before !== undefined) {
    return fail(`The ${part} part was given twice: ${before.shown} and ${shown}. Leave one of them out.`, shown);
  }
  const first = writer.count;
  const labels = await readDigits(checks.watch(given), writer);
  if (labels.ok) parts.set(part, { shown, first, labels: labels.value });
  return labels.ok ? ok(undefined) : labels;
}
