import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../base/result.ts';
import { fakePart, fakeTar } from './cifar.fakes.ts';
import type { Dataset } from './dataset.ts';
import type { NamedFile } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { readSet } from './read-set.ts';
import {
  fakeIdx,
  fakeImage,
  fakeMatlab,
  fakePythonPart,
  fakeTarOf,
  fakeTree,
  fakeZip,
  noise,
  words,
} from './readers.fakes.ts';

/** A file that comes in pieces of 700 bytes, so that borders fall within headers and records. */
const inPieces = (name: string, bytes: Uint8Array): NamedFile => {
  const stream = () => {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, at + 700));
        else controller.close();
        at += 700;
      },
    });
  };
  return { name, size: bytes.length, stream };
};

interface Made {
  /** The file that is broken. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Sound files that are read with it. */
  readonly beside?: readonly NamedFile[];
}

/** Loads, and checks that the answer is sound: a usable data set, or a sentence that names the file. No hang. */
async function load({ name, beside = [] }: Made, bytes: Uint8Array): Promise<Result<Dataset>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('hangs')), 30_000);
  });
  const files = [inPieces(name, bytes), ...beside];
  const result = await Promise.race([readSet(files, { decoder: nodeDecoder, resolution: 32 }), hang]);
  clearTimeout(timer);
  if (result.ok) {
    const { train, test, unlabelled, classNames } = result.value;
    expect(train.count + test.count + (unlabelled?.count ?? 0)).toBeGreaterThan(0);
    for (const { images, labels, count } of [train, test]) {
      expect([images.count, images.stride, labels.length]).toEqual([count, 3072, count]);
      for (const label of labels) expect(label).toBeLessThan(classNames.length);
    }
  } else {
    expect(result.error.message).toMatch(/\.$/);
    expect(`${result.error.message} ${result.error.where ?? ''}`).toContain(name.slice(0, 5));
  }
  return result;
}

/** Every format, small; made once. */
const kinds = new Map<string, Made>();
const named = (name: string, bytes: Uint8Array, beside: readonly NamedFile[] = []) =>
  kinds.set(name, { name, bytes, beside });
const names = [
  'data_batch_1.bin',
  'cifar-10-binary.tar',
  'cifar-10-binary.tar.gz',
  'data_batch_1',
  'test.bin',
  'train_32x32.mat',
  'plain_train_32x32.mat',
  'test_X.bin',
  'test_y.bin',
  'stl10_binary.tar.gz',
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  'pets.zip',
  'pets.tar.gz',
  'pets/cat/a.jpg',
  'pets/cat/a.png',
  'pets/cat/a.webp',
  'labels.csv',
] as const;

beforeAll(async () => {
  const tar = await fakeTar([
    { name: 'readme.html', body: fakePart(1).slice(0, 9) },
    { name: 'data_batch_1.bin', body: fakePart(2) },
    { name: 'test_batch.bin', body: fakePart(2, 5) },
  ]);
  const stl = { X: noise(3 * 27_648), y: Uint8Array.of(1, 10, 2) };
  named('data_batch_1.bin', fakePart(5));
  named('cifar-10-binary.tar', tar);
  named('cifar-10-binary.tar.gz', gzipSync(tar));
  named('data_batch_1', fakePythonPart(3));
  named(
    'test.bin',
    Uint8Array.from({ length: 3 * 3074 }, (_, at) => (at % 3074 === 1 ? 99 : at % 20)),
  );
  named('train_32x32.mat', fakeMatlab(3));
  named('plain_train_32x32.mat', fakeMatlab(3, { compressed: false }));
  named('test_X.bin', stl.X, [inPieces('test_y.bin', stl.y)]);
  named('test_y.bin', stl.y, [inPieces('test_X.bin', stl.X)]);
  named('stl10_binary.tar.gz', gzipSync(await fakeTarOf({ 'train_X.bin': stl.X, 'train_y.bin': stl.y })));
  named('train-images-idx3-ubyte.gz', fakeIdx.images(4), [inPieces('train-labels-idx1-ubyte.gz', fakeIdx.labels(4))]);
  named('train-labels-idx1-ubyte.gz', fakeIdx.labels(4), [inPieces('train-images-idx3-ubyte.gz', fakeIdx.images(4))]);
  named('pets.zip', fakeZip(fakeTree()));
  named('pets.tar.gz', gzipSync(await fakeTarOf(fakeTree())));
  const dog = inPieces('pets/dog/b.png', fakeImage('image/png', 40, 32));
  named('pets/cat/a.jpg', fakeImage('image/jpeg', 50, 40), [dog]);
  named('pets/cat/a.png', fakeImage('image/png', 50, 40), [dog]);
  named('pets/cat/a.webp', fakeImage('image/webp', 50, 40), [dog]);
  named('labels.csv', words('file,class_index\npets/dog/b.png,3\n"x, y.png",12\n'), [dog]);
});

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const flips = fc.array(fc.tuple(fraction, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });

function flipped(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [place, bits] of changes) {
    const at = Math.floor(place * copy.length);
    copy[at] = (copy[at] as number) ^ bits;
  }
  return copy;
}

/** Formats where a part may be a sound file: whole records, lists of lines. */
const divisible = new Set<string>(['data_batch_1.bin', 'test.bin', 'labels.csv']);

describe('every reader answers, whatever the bytes', () => {
  for (const name of names) {
    const made = (): Made => kinds.get(name) as Made;

    it(`${name} as it is`, async () => {
      const result = await load(made(), made().bytes);
      expect(result.ok ? '' : result.error.message).toBe('');
    });

    it(`${name} cut anywhere`, () =>
      fc.assert(
        fc.asyncProperty(fraction, async (place) => {
          const cut = Math.floor(place * made().bytes.length);
          const result = await load(made(), made().bytes.subarray(0, cut));
          if (!divisible.has(name)) expect(result.ok).toBe(false);
        }),
        { numRuns: 40 },
      ));

    it(`${name} with bytes flipped anywhere`, () =>
      fc.assert(
        fc.asyncProperty(flips, async (changes) => {
          await load(made(), flipped(made().bytes, changes));
        }),
        { numRuns: 60 },
      ));

    it(`${name} with its first 600 bytes flipped`, () =>
      fc.assert(
        fc.asyncProperty(flips, async (changes) => {
          const { bytes } = made();
          const near = changes.map(
            ([place, bits]) => [(place * Math.min(600, bytes.length)) / bytes.length, bits] as const,
          );
          await load(made(), flipped(bytes, near));
        }),
        { numRuns: 40 },
      ));

    it(`${name} of any bytes`, () =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (any) => {
          await load(made(), any);
        }),
        { numRuns: 20 },
      ));
  }

  it('headers of a tar with bytes flipped, gzip intact', () =>
    fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const { bytes } = kinds.get('cifar-10-binary.tar') as Made;
        const near = changes.map(([place, bits]) => [(place * 2_560) / bytes.length, bits] as const);
        await load({ name: 'cifar-10-binary.tar.gz', bytes }, gzipSync(flipped(bytes, near), { level: 1 }));
      }),
      { numRuns: 100 },
    ));
});
