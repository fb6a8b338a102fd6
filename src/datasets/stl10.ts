import { ok, type Result } from '../base/result.ts';
import { assemble } from './assemble.ts';
import type { Dataset } from './dataset.ts';
import { type Entry, walkEntries } from './entries.ts';
import { FileChecks, type KnownSums } from './file-sums.ts';
import { type ImageWriter, openWriter } from './image-writer.ts';
import { baseName, unnumbered } from './named-file.ts';
import { PairedParts } from './paired-parts.ts';
import type { InspectedFile, ReadContext, SetReader } from './set-reader.ts';
import { imageBytes, imageSize, readImages, readLabels } from './stl10-files.ts';
import { thousands } from './thousands.ts';

/** MD5 as torchvision checks them (datasets/stl10.py). */
const sums: KnownSums = {
  'train_x.bin': { algorithm: 'MD5', sum: '918c2871b30a85fa023e0c44e0bee87f' },
  'train_y.bin': { algorithm: 'MD5', sum: '5a34089d4802c674881badbb80307741' },
  'test_x.bin': { algorithm: 'MD5', sum: '7f263ba9f9e0b06b93213547f721ac82' },
  'test_y.bin': { algorithm: 'MD5', sum: '36f9794fa4beb8a2c72628de14fa638e' },
  'unlabeled_x.bin': { algorithm: 'MD5', sum: '5242ba1fed5e4be9e1e742405eb56ca4' },
};

/** Reads STL-10's binary version, loose or as its archive. */
export const stl10Reader: SetReader = {
  identify: () => ({ set: 'stl-10', title: 'STL-10' }),
  claim(path) {
    const base = fileOf(path);
    if (base in sums) return 'part';
    return base === 'class_names.txt' || base === 'fold_indices.txt' ? 'beside' : undefined;
  },
  missing(files) {
    // What an archive holds further in was not looked at.
    if (files.some(({ packing }) => packing !== 'none')) return [];
    const given = new Set(files.map(({ file }) => fileOf(file.name)));
    const absent = ['train_X.bin', 'train_y.bin', 'test_X.bin', 'test_y.bin'].filter(
      (name) => !given.has(name.toLowerCase()),
    );
    return absent.length === 0 ? [] : [`There is no ${absent.join(', ')}.`];
  },
  read,
};

const fileOf = (path: string): string => unnumbered(baseName(path)).toLowerCase();

/** What was found so far. */
interface Found {
  readonly parts: PairedParts;
  /** Unlabelled images told of, and those kept. */
  unlabelledTold: number;
  /** Of the images being read, for a message. */
  reading: { readonly first: number; readonly told: number | undefined } | undefined;
}

async function read(files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>> {
  const opened = await openWriter(context, imageSize);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const checks = new FileChecks(sums);
  const found: Found = { parts: new PairedParts(), unlabelledTold: 0, reading: undefined };
  const howFar = (): string => {
    if (found.reading === undefined) return '';
    const { first, told } = found.reading;
    return `${thousands(writer.count - first)}${told === undefined ? '' : ` of its ${thousands(told)}`} images are whole.`;
  };
  const visit = (entry: Entry) => visitEntry(entry, found, writer, checks, context.mostUnlabelled);
  for (const { file, packing } of files) {
    const walked = await walkEntries(file, packing, visit, howFar);
    if (walked.ok) continue;
    await writer.discard();
    return walked;
  }
  const paired = pairUp(found.parts);
  if (!paired.ok) {
    await writer.discard();
    return paired;
  }
  const store = await writer.finish();
  if (!store.ok) return store;
  const notes = await checks.notes();
  const unlabelled = found.parts.images.get('unlabeled');
  if (unlabelled !== undefined && found.unlabelledTold > unlabelled.count) {
    notes.push(
      `Of the ${thousands(found.unlabelledTold)} unlabelled images the first ${thousands(unlabelled.count)} were kept.`,
    );
  }
  return assemble(
    {
      name: 'stl-10',
      title: 'STL-10',
      classNames: ['airplane', 'bird', 'car', 'cat', 'deer', 'dog', 'horse', 'monkey', 'ship', 'truck'],
      terms:
        'STL-10, https://cs.stanford.edu/~acoates/stl10/. No licence is stated; the images come from ImageNet, whose terms ' +
        '(non-commercial research and education) apply. Cite: A. Coates, H. Lee, A. Y. Ng, An Analysis of Single Layer ' +
        'Networks in Unsupervised Feature Learning, AISTATS 2011.',
      notes,
      imageSize: writer.imageSize,
      store: store.value,
      ...paired.value,
      validation: undefined,
      unlabelled:
        unlabelled === undefined
          ? undefined
          : Uint32Array.from({ length: unlabelled.count }, (_, place) => unlabelled.first + place),
    },
    context,
  );
}

/** Joins images and labels of the training and the test part. */
function pairUp(parts: PairedParts) {
  const partOf = (part: string) => parts.pair(part, (what) => `${part}_${what === 'images' ? 'X' : 'y'}.bin`);
  const train = partOf('train');
  const test = partOf('test');
  if (!train.ok) return train;
  return test.ok ? ok({ train: train.value, test: test.value }) : test;
}

async function visitEntry(
  given: Entry,
  found: Found,
  writer: ImageWriter,
  checks: FileChecks,
  mostUnlabelled: number,
): Promise<Result<void>> {
  const name = fileOf(given.path);
  if (!(name in sums)) return ok(undefined);
  const { shown } = given;
  const [part = '', letter] = name.replace('.bin', '').split('_');
  const what = letter === 'x' ? 'images' : 'labels';
  const isNew = found.parts.checkNew(part, what, shown);
  if (!isNew.ok) return isNew;
  const entry = checks.watch(given);
  if (what === 'labels') {
    const labels = await readLabels(entry);
    if (labels.ok) found.parts.addLabels(part, { shown, labels: labels.value });
    return labels.ok ? ok(undefined) : labels;
  }
  const isUnlabelled = part === 'unlabeled';
  const first = writer.count;
  found.reading = { first, told: given.size === undefined ? undefined : Math.floor(given.size / imageBytes) };
  const told = await readImages(entry, isUnlabelled ? mostUnlabelled : Number.POSITIVE_INFINITY, writer);
  if (!told.ok) return told;
  found.reading = undefined;
  if (isUnlabelled) found.unlabelledTold = told.value;
  found.parts.addImages(part, { shown, first, count: writer.count - first });
  return ok(undefined);
}
