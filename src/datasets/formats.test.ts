import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectOk, type Result } from '../base/result.ts';
import { fakePart } from './cifar.fakes.ts';
import { checkTrainable, type Dataset } from './dataset.ts';
import { imagesOf } from './image-store.fakes.ts';
import { type NamedFile, namedBytes } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { detectSet, type ReadOptions, readSet } from './read-set.ts';
import { fakeIdx, fakeMatlab, fakePickle, fakePythonPart, fakeTarOf, joined, noise, words } from './readers.fakes.ts';

const load = (files: readonly NamedFile[], options: Partial<ReadOptions> = {}): Promise<Result<Dataset>> =>
  readSet(files, { decoder: nodeDecoder, ...options });
const messageOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : result.error.message);
const missingOf = async (files: readonly NamedFile[]) => expectOk(await detectSet(files)).missing.join(' ');

describe('CIFAR', () => {
  it('the Python version gives the set of the binary one, loose and in its archive', async () => {
    const parts = ['data_batch_1', 'data_batch_2', 'test_batch'];
    const python = parts.map((name, index) => ({ name, body: fakePythonPart(6, index) }));
    const binary = parts.map((name, index) => namedBytes(`${name}.bin`, fakePart(6, index)));
    const tree = Object.fromEntries(python.map(({ name, body }) => [name, body]));
    const archive = namedBytes('cifar-10-python.tar.gz', gzipSync(await fakeTarOf(tree)));
    const ways = [binary, python.map(({ name, body }) => namedBytes(name, body)), [archive]];
    const sets = await Promise.all(ways.map(async (way) => expectOk(await load(way))));
    expect(new Set(sets.map(({ checksum }) => checksum)).size).toBe(1);
    expect(sets[2]?.notes[0]).toMatch(
      /Not the official files: .*data_batch_1 in cifar-10-python\.tar\.gz \(MD5 [0-9a-f]{16}\.\.\.\)/,
    );
  });

  it('CIFAR-100 has its fine labels, in both versions', async () => {
    const pixels = noise(2 * 3072);
    const record = (coarse: number, fine: number, index: number) =>
      joined(Uint8Array.of(coarse, fine), pixels.subarray(index * 3072, (index + 1) * 3072));
    const bytes = joined(record(4, 99, 0), record(1, 0, 1));
    const binary = ['train.bin', 'test.bin'].map((name) => namedBytes(name, bytes));
    const python = ['train', 'test'].map((name) => namedBytes(name, fakePickle([99, 0], pixels, 'fine_labels')));
    const [one, other] = [expectOk(await load(binary)), expectOk(await load(python))];
    expect([one.name, [...one.train.labels], one.classNames[99]]).toEqual(['cifar-100', [99, 0], 'worm']);
    expect(other.checksum).toBe(one.checksum);
  });

  it('says what is missing', async () => {
    const files = [namedBytes('data_batch_2.bin', fakePart(2)), namedBytes('test_batch.bin', fakePart(2))];
    expect(await missingOf(files)).toContain('no data_batch_1, data_batch_3, data_batch_4, data_batch_5');
  });

  const pickles: [bytes: Uint8Array, says: RegExp][] = [
    [
      joined(Uint8Array.of(0x80, 2), words('cos\nsystem\n(U\x02lstR.')),
      /asks to call os\.system, which is no data \(at byte/,
    ],
    [joined(Uint8Array.of(0x80, 2), words('}.')), /it has no array "data"/],
    [joined(Uint8Array.of(0x80, 2), words('].')), /something else than a dictionary/],
    [fakePickle([1, 10], noise(6144)), /"labels" have 10 for record 2, not 0 to 9/],
    [fakePickle([1], noise(100)), /"data" is u1 \[1, 100\] of 100 bytes/],
    [fakePickle([1, 2], noise(6144)).subarray(0, 3_000), /it is cut off: 6,144 bytes are told/],
    [fakePickle([1, 2], noise(6144), 'others'), /"labels" are missing/],
  ];
  for (const [bytes, says] of pickles) {
    it(`a pickle is refused: ${says.source}`, async () => {
      expect(messageOf(await load([namedBytes('data_batch_1', bytes)]))).toMatch(says);
    });
  }
});

describe('SVHN', () => {
  it('reads columns first, and the label 10 as the digit 0', async () => {
    const files = ['train', 'extra', 'test'].map((part) => namedBytes(`${part}_32x32.mat`, fakeMatlab(12)));
    const { train, test, notes } = expectOk(await load(files));
    expect([...test.labels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2]);
    const raw = noise(12 * 3072);
    const image = imagesOf(test);
    // Row 2, column 1 of image 3: rows run fastest, then columns, then channels.
    const at = 3 * 3072 + 3 * (2 * 32 + 1);
    expect([...image.subarray(at, at + 3)]).toEqual(
      [0, 1, 2].map((channel) => raw[3 * 3072 + channel * 1024 + 32 + 2]),
    );
    expect(train.count).toBe(24);
    expect(notes.join(' ')).toContain('The 12 extra images are part of the training images.');
    const plain = namedBytes('test_32x32.mat', fakeMatlab(12, { compressed: false }));
    expect(expectOk(await load([...files.slice(0, 2), plain])).test.labels).toEqual(test.labels);
  });

  it('refuses the other format, other shapes and HDF5, in words', async () => {
    const mat = (bytes: Uint8Array) => [namedBytes('train_32x32.mat', bytes)];
    expect(messageOf(await load(mat(fakeMatlab(2, { shape: [16, 16, 3, 2] }))))).toMatch(/X is \[16, 16, 3, 2\]/);
    expect(messageOf(await load(mat(fakeMatlab(3, { shape: [32, 32, 3, 2] }))))).toMatch(/has 2 images and 3 labels/);
    expect(messageOf(await load(mat(joined(words('MATLAB 7.3 MAT-file, '), new Uint8Array(200)))))).toMatch(
      /7\.3 file \(HDF5\)/,
    );
    expect(await missingOf(mat(fakeMatlab(2)))).toBe('There is no test_32x32.mat.');
  });
});

describe('STL-10', () => {
  const images = noise(4 * 27_648);
  const named = (name: string, bytes: Uint8Array) => namedBytes(name, bytes);
  const labels = Uint8Array.of(1, 10, 3, 3);

  it('reads columns first, pairs labels, and keeps as many unlabelled images as told', async () => {
    const tree = {
      'test_X.bin': images,
      'train_X.bin': images,
      'train_y.bin': labels,
      'unlabeled_X.bin': images,
      'test_y.bin': labels,
    };
    const archive = named('stl10_binary.tar.gz', gzipSync(await fakeTarOf(tree)));
    const { train, test, unlabelled, notes, format } = expectOk(await load([archive], { mostUnlabelled: 3 }));
    expect([format.imageSize, [...train.labels], test.count, unlabelled?.count]).toEqual([96, [0, 9, 2, 2], 4, 3]);
    const at = 27_648 + 3 * (5 * 96 + 7);
    expect([...imagesOf(train).subarray(at, at + 3)]).toEqual(
      [0, 1, 2].map((channel) => images[27_648 + channel * 9_216 + 7 * 96 + 5]),
    );
    expect(notes.join(' ')).toContain('Of the 4 unlabelled images the first 3 were kept.');
  });

  it('refuses images without labels and labels without images', async () => {
    expect(messageOf(await load([named('train_X.bin', images)]))).toMatch(
      /train_X\.bin needs its labels: give train_y\.bin too/,
    );
    expect(messageOf(await load([named('test_y.bin', labels)]))).toMatch(
      /test_y\.bin needs its images: give test_X\.bin too/,
    );
    const short = [named('test_X.bin', images), named('test_y.bin', labels.subarray(1))];
    expect(messageOf(await load(short))).toMatch(/4 images and test_y\.bin 3 labels/);
    const wrong = [named('test_X.bin', images), named('test_y.bin', Uint8Array.of(1, 2, 11, 3))];
    expect(messageOf(await load(wrong))).toMatch(/byte 2 is 11, but STL-10 has labels 1 to 10/);
  });

  it('unlabelled images alone are looked at, not trained on', async () => {
    const dataset = expectOk(await load([named('unlabeled_X.bin', images)]));
    expect([dataset.train.count, dataset.unlabelled?.count]).toEqual([0, 4]);
    expect(messageOf(checkTrainable(dataset))).toContain('no classifier can be trained');
  });
});

describe('MNIST', () => {
  it('grey digits stand in the middle of 32 pixels, as red, green and blue', async () => {
    const files = ['train', 't10k'].flatMap((part) => [
      namedBytes(`${part}-images-idx3-ubyte.gz`, fakeIdx.images(5)),
      namedBytes(`${part}-labels-idx1-ubyte.gz`, fakeIdx.labels(5)),
    ]);
    const { train, test, format } = expectOk(await load(files));
    expect([format.imageSize, [...train.labels], test.count]).toEqual([32, [0, 1, 2, 3, 4], 5]);
    const image = imagesOf(train);
    const raw = noise(5 * 784);
    expect([...image.subarray(0, 2 * 96 + 6)].every((byte) => byte === 0)).toBe(true);
    expect([...image.subarray(3 * (2 * 32 + 2), 3 * (2 * 32 + 4))]).toEqual([
      raw[0],
      raw[0],
      raw[0],
      raw[1],
      raw[1],
      raw[1],
    ]);
    expect(await missingOf(files.slice(0, 3))).toBe('There is no t10k-labels-idx1-ubyte.');
  });
});

describe('resolution', () => {
  it('sets in formats of their own are brought to any size', async () => {
    const files = [namedBytes('data_batch_1.bin', fakePart(3).fill(77)), namedBytes('test_batch.bin', fakePart(3))];
    const flat = joined(...[1, 2, 3].map((label) => joined(Uint8Array.of(label), new Uint8Array(3072).fill(77))));
    for (const resolution of [32, 64, 96, 224]) {
      const { train, format } = expectOk(
        await load([namedBytes('data_batch_1.bin', flat), ...files.slice(1)], { resolution }),
      );
      expect([format.imageSize, train.images.stride]).toEqual([resolution, resolution * resolution * 3]);
      expect(new Set(imagesOf(train))).toEqual(new Set([77]));
    }
  });
});
