import { fail, ok, type Result } from '../base/result.ts';
import { assemble } from './assemble.ts';
import { ByteReader } from './byte-reader.ts';
import { eachRecords } from './chunks.ts';
import type { Dataset } from './dataset.ts';
import { type Entry, walkEntries } from './entries.ts';
import { FileChecks, type KnownSums } from './file-sums.ts';
import { type ImageWriter, openWriter } from './image-writer.ts';
import { baseName, unnumbered } from './named-file.ts';
import { PairedParts } from './paired-parts.ts';
import type { InspectedFile, ReadContext, SetReader } from './set-reader.ts';
import { thousands } from './thousands.ts';

/** Digits of 28 pixels a side, in the middle of 32. */
const drawn = 28;
const imageSize = 32;
const margin = (imageSize - drawn) / 2;
const mostImages = 1_000_000;

/** MD5 as torchvision checks them (datasets/mnist.py). */
const sums: KnownSums = {
  'train-images-idx3-ubyte.gz': { algorithm: 'MD5', sum: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
  'train-labels-idx1-ubyte.gz': { algorithm: 'MD5', sum: 'd53e105ee54ea40749a09fcbcd1e9432' },
  't10k-images-idx3-ubyte.gz': { algorithm: 'MD5', sum: '9fb629c4189551a2d022fa330f9573f3' },
  't10k-labels-idx1-ubyte.gz': { algorithm: 'MD5', sum: 'ec29112dd5afa0611ce80d1b7f02629c' },
};

/** Reads MNIST's idx files, gzipped or not; sets in the same form (Fashion-MNIST) read as digits, which a note tells. */
export const mnistReader: SetReader = {
  identify: () => ({ set: 'mnist', title: 'MNIST' }),
  claim: (path) => (partOf(path) === undefined ? undefined : 'part'),
  missing(files) {
    const given = new Set(files.flatMap(({ paths }) => paths.map((path) => partOf(path)?.file)));
    const absent = ['train', 't10k'].flatMap((part) =>
      (['images', 'labels'] as const).map((what) => fileOf(part, what)).filter((file) => !given.has(file)),
    );
    return absent.length === 0 ? [] : [`There is no ${absent.join(', ')}.`];
  },
  read,
};

const fileOf = (part: string, what: 'images' | 'labels'): string =>
  `${part}-${what}-idx${what === 'images' ? 3 : 1}-ubyte`;

function partOf(
  path: string,
): { readonly part: string; readonly what: 'images' | 'labels'; readonly file: string } | undefined {
  const found = /^(train|t10k)-(images|labels)[-.]idx[13]-ubyte$/.exec(unnumbered(baseName(path)).toLowerCase());
  if (found === null) return undefined;
  const [, part = '', what] = found;
  const kind = what === 'images' ? 'images' : 'labels';
  return { part, what: kind, file: fileOf(part, kind) };
}

async function read(files: readonly InspectedFile[], context: ReadContext): Promise<Result<Dataset>> {
  const opened = await openWriter(context, imageSize);
  if (!opened.ok) return opened;
  const writer = opened.value;
  const checks = new FileChecks(sums);
  const parts = new PairedParts();
  const readAll = async () => {
    for (const { file, packing } of files) {
      const walked = await walkEntries(checks.watchFile(file), packing, (entry) => readEntry(entry, writer, parts));
      if (!walked.ok) return walked;
    }
    const train = parts.pair('train', (what) => fileOf('train', what));
    const test = parts.pair('t10k', (what) => fileOf('t10k', what));
    if (!train.ok) return train;
    return test.ok ? ok({ train: train.value, test: test.value }) : test;
  };
  const paired = await readAll();
  if (!paired.ok) {
    await writer.discard();
    return paired;
  }
  const store = await writer.finish();
  if (!store.ok) return store;
  return assemble(
    {
      name: 'mnist',
      title: 'MNIST',
      classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      terms:
        'MNIST, http://yann.lecun.com/exdb/mnist/ (CC BY-SA 3.0, as is commonly stated). Cite: Y. LeCun, L. Bottou, ' +
        'Y. Bengio, P. Haffner, Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE, 1998.',
      notes: [
        ...(await checks.notes()),
        'Grey images of 28 pixels a side, in the middle of 32 black ones, as red, green and blue alike.',
      ],
      imageSize: writer.imageSize,
      store: store.value,
      ...paired.value,
      validation: undefined,
      unlabelled: undefined,
    },
    context,
  );
}

/** The idx format: two zero bytes, the type (8: bytes), the number of extents, these big-endian, the elements. */
async function readEntry(entry: Entry, writer: ImageWriter, parts: PairedParts): Promise<Result<void>> {
  const found = partOf(entry.path);
  if (found === undefined) return ok(undefined);
  const { part, what } = found;
  const { shown } = entry;
  const isNew = parts.checkNew(part, what, shown);
  if (!isNew.ok) return isNew;
  const extents = what === 'images' ? 3 : 1;
  const reader = new ByteReader(entry.chunks);
  const head = new DataView((await reader.take(4 + 4 * extents)).buffer);
  const refuse = (reason: string) => fail(`${shown} ${reason}. Download it again.`, shown);
  if (head.getUint32(0) !== 0x0800 + extents)
    return refuse(`is no idx file of ${what}: it begins with other bytes (byte 0)`);
  const [count = 0, rows, columns] = Array.from({ length: extents }, (_, place) => head.getUint32(4 + 4 * place));
  if (count < 1 || count > mostImages) return refuse(`tells of ${thousands(count)} ${what} (byte 4)`);
  if (what === 'images' && (rows !== drawn || columns !== drawn)) {
    return refuse(`has images of ${rows} x ${columns} pixels, not 28 x 28 (byte 8)`);
  }
  const first = writer.count;
  const labels: number[] = [];
  const left = await eachRecords(
    reader.chunks(count * (what === 'images' ? drawn * drawn : 1)),
    what === 'images' ? drawn * drawn : 1,
    (records) => {
      if (what === 'images') return writer.write(framed(records));
      for (const label of records) {
        if (label > 9)
          return Promise.resolve(
            refuse(`has label ${label} at byte ${thousands(8 + labels.length)}, but there are 0 to 9`),
          );
        labels.push(label);
      }
      return Promise.resolve(ok(undefined));
    },
  );
  if (!left.ok) return left;
  if ((await reader.takeOrEnd(1)) !== undefined)
    return refuse(`has more bytes than the ${thousands(count)} ${what} it tells of`);
  if (what === 'images') parts.addImages(part, { shown, first, count });
  else parts.addLabels(part, { shown, labels: Uint16Array.from(labels) });
  return ok(undefined);
}

/** Grey images [n, 28, 28] in the middle of black RGB ones [n, 32, 32, 3]. */
function framed(grey: Uint8Array): Uint8Array {
  const count = grey.length / (drawn * drawn);
  const images = new Uint8Array(count * imageSize * imageSize * 3);
  for (let line = 0; line < count * drawn; line++) {
    const index = Math.floor(line / drawn);
    const row = (line % drawn) + margin;
    const from = line * drawn;
    const to = 3 * ((index * imageSize + row) * imageSize + margin);
    for (let column = 0; column < drawn; column++)
      images.fill(grey[from + column] as number, to + 3 * column, to + 3 * column + 3);
  }
  return images;
}
