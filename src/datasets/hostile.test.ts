import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../base/result.ts';
import { fakeTar } from './cifar.fakes.ts';
import type { Dataset } from './dataset.ts';
import type { ImageDecoder } from './image-decoder.ts';
import { type NamedFile, namedBytes } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { type ReadOptions, readSet } from './read-set.ts';
import { fakeImage, fakeMatlab, fakePickle, fakeTree, fakeZip, joined, words } from './readers.fakes.ts';

const load = (files: readonly NamedFile[], options: Partial<ReadOptions> = {}): Promise<Result<Dataset>> =>
  readSet(files, { decoder: nodeDecoder, resolution: 32, ...options });
const messageOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : result.error.message);

/** Runs, and checks that little time went by and little memory was taken. */
async function bounded<Value>(work: () => Promise<Value>): Promise<Value> {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const value = await work();
  expect(performance.now() - started).toBeLessThan(45_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
  return value;
}

/** A gzipped or zipped file that begins as it should and goes on with zeros. */
const zeros = 150_000_000;

describe('decompression bombs are refused early', () => {
  it('a gzipped tar', async () => {
    const tar = await fakeTar([{ name: 'data_batch_1.bin', body: new Uint8Array(zeros) }]);
    const bomb = namedBytes('bomb.tar.gz', gzipSync(tar));
    expect(messageOf(await bounded(() => load([bomb])))).toMatch(/^bomb\.tar\.gz inflates to more than [\d,]+ bytes/);
  });

  it('a zip', async () => {
    const bomb = namedBytes('bomb.zip', zipSync({ 'a/b.png': new Uint8Array(zeros) }));
    expect(messageOf(await bounded(() => load([bomb])))).toMatch(/bomb\.zip (inflates to more|.*more than the)/);
  });

  it('a MATLAB file', async () => {
    const images = 60_000;
    const file = fakeMatlab(images, { shape: [32, 32, 3, images], zeros: true });
    const bomb = namedBytes('train_32x32.mat', file);
    expect(messageOf(await bounded(() => load([bomb])))).toMatch(/train_32x32\.mat inflates to more than/);
  });

  it('a pickle that repeats its text', async () => {
    const text = joined(words('X'), Uint8Array.of(0, 0, 1, 0), new Uint8Array(65_536), Uint8Array.of(0x71, 1));
    const calls = joined(
      ...Array.from({ length: 2_000 }, () => joined(words('c_codecs\nencode\nh'), Uint8Array.of(1, 0x85), words('R'))),
    );
    const bomb = namedBytes('data_batch_1', joined(Uint8Array.of(0x80, 2), text, calls, words('.')));
    expect(messageOf(await bounded(() => load([bomb])))).toMatch(/repeats its text without end \(at byte [\d,]+\)/);
  });
});

describe('images that are not what they should be', () => {
  const dog = namedBytes('pets/dog/b.png', fakeImage('image/png', 40, 32));
  const refusal = async (name: string, bytes: Uint8Array) =>
    messageOf(await bounded(() => load([namedBytes(`pets/cat/${name}`, bytes), dog])));

  it('20,000 pixels a side, by their header', async () => {
    const png = fakeImage('image/png', 40, 32);
    new DataView(png.buffer).setUint32(16, 20_000);
    new DataView(png.buffer).setUint32(20, 20_000);
    expect(await refusal('a.png', png)).toMatch(/pets\/cat\/a\.png cannot be read: it has 20,000 x 20,000 pixels/);
    const jpeg = fakeImage('image/jpeg', 40, 32);
    const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0);
    jpeg.set([0x4e, 0x20, 0x4e, 0x20], frame + 5);
    expect(await refusal('a.jpg', jpeg)).toMatch(/20,000 x 20,000 pixels; more than 12,000 a side/);
  });

  it('animated', async () => {
    const png = fakeImage('image/png', 40, 32);
    const control = joined(Uint8Array.of(0, 0, 0, 8), words('acTL'), new Uint8Array(12));
    expect(await refusal('a.png', joined(png.subarray(0, 33), control, png.subarray(33)))).toMatch(
      /it is an animation/,
    );
    const webp = joined(
      words('RIFF'),
      Uint8Array.of(22, 0, 0, 0),
      words('WEBPVP8X'),
      Uint8Array.of(10, 0, 0, 0, 2),
      new Uint8Array(9),
    );
    expect(await refusal('a.webp', webp)).toMatch(/it is an animation/);
  });

  it('of another format under a familiar name, without pixels, cut off', async () => {
    expect(await refusal('a.png', words('GIF89a and so on'))).toMatch(/no JPEG, PNG or WebP image/);
    const png = fakeImage('image/png', 40, 32);
    new DataView(png.buffer).setUint32(16, 0);
    expect(await refusal('a.png', png)).toMatch(/it has no pixels/);
    expect(await refusal('a.jpg', fakeImage('image/jpeg', 60, 50).slice(0, 500))).toMatch(
      /cut off: it ends at byte 500/,
    );
  });

  it('grey JPEGs and PNGs with transparent places are read', async () => {
    const clear = namedBytes('pets/cat/a.png', fakeImage('image/png', 32, 32, { clear: true }));
    const result = await load([clear, dog]);
    if (!result.ok) throw new Error(result.error.message);
    const image = new Uint8Array(3072);
    result.value.train.images.copy(0, image, 0);
    expect(new Set(image)).toEqual(new Set([255]));
  });
});

describe('archives that point outside of themselves', () => {
  for (const path of ['../cat/a.png', 'pets/../../a.png', '/etc/a.png', 'C:\\pets\\a.png', '..\\a.png']) {
    it(`a zip with ${path}`, async () => {
      const zip = namedBytes(
        'pets.zip',
        fakeZip({ 'pets/cat/b.png': fakeImage('image/png', 32, 32), [path]: words('x') }),
      );
      expect(messageOf(await load([zip]))).toMatch(/^pets\.zip holds ".*", a place outside of the archive/);
    });
  }

  it('a tar', async () => {
    const tar = await fakeTar([{ name: '../../data_batch_1.bin', body: new Uint8Array(3073) }]);
    expect(messageOf(await load([namedBytes('x.tar', tar)]))).toMatch(/x\.tar holds ".*", a place outside/);
  });
});

/** Answers at once with a grey pixel or so. */
const quickDecoder: ImageDecoder = {
  decode: async () => ok({ width: 32, height: 32, rgba: new Uint8Array(4096).fill(99) }),
};

describe('numbers of classes and images', () => {
  const png = fakeImage('image/png', 32, 32);

  it('10,000 classes of two images', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`many/class ${index >> 1}/${index}.png`, png]),
    );
    const zip = namedBytes('many.zip', zipSync(tree, { level: 0 }));
    const result = await bounded(() => load([zip], { decoder: quickDecoder }));
    if (!result.ok) throw new Error(result.error.message);
    const { train, test, classNames, format } = result.value;
    expect([classNames.length, format.classes, train.count + test.count]).toEqual([10_000, 10_000, 20_000]);
    expect(Math.max(...train.labels)).toBe(9_999);
    expect(new Set(train.labels).size).toBe(10_000);
  });

  it('more classes than labels can tell', async () => {
    const rows = Array.from({ length: 65_600 }, (_, index) => `${index}.png,l${index}`).join('\n');
    const files = [namedBytes('a/labels.csv', words(`file,label\n${rows}`)), namedBytes('a/1.png', png)];
    expect(messageOf(await bounded(() => load(files)))).toMatch(/65,600 classes; at most 65,535/);
  });

  it('one class, said plainly', async () => {
    const files = [0, 1, 2].map((index) => namedBytes(`pets/cat/${index}.png`, png));
    const result = await load(files);
    if (!result.ok) throw new Error(result.error.message);
    expect([result.value.classNames, result.value.train.count, result.value.test.count]).toEqual([['cat'], 2, 1]);
    expect(result.value.notes.join(' ')).toContain('All images are of one class, cat');
  });

  it('no images', async () => {
    const zip = namedBytes('pets.zip', fakeZip({ 'pets/labels.csv': words('file,label\n') }));
    expect(messageOf(await load([zip]))).toMatch(/pets\.zip holds no JPEG, PNG or WebP images/);
    const none = namedBytes('train_32x32.mat', fakeMatlab(0));
    expect(messageOf(await load([none]))).toMatch(/train_32x32\.mat: X tells of 0 images/);
    const empty = namedBytes('data_batch_1', fakePickle([], new Uint8Array(0)));
    expect(messageOf(await load([empty]))).toMatch(/data_batch_1 is no part of CIFAR-10/);
  });

  it('more images than memory may take', async () => {
    const zip = namedBytes('pets.zip', fakeZip(fakeTree()));
    expect(messageOf(await load([zip], { memoryLimit: 4_000 }))).toMatch(/more than the 0 MiB of memory/);
  });
});

describe('cancel', () => {
  it('ends the reading and keeps nothing', async () => {
    const controller = new AbortController();
    const zip = namedBytes('pets.zip', fakeZip(fakeTree()));
    const result = await load([zip], { signal: controller.signal, onProgress: () => controller.abort() });
    expect(result.ok ? '' : [result.error.where, result.error.message]).toEqual([
      'cancelled',
      'Reading was cancelled; nothing was kept.',
    ]);
  });
});
