import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { expectOk, type Result } from '../base/result.ts';
import { fakeArchive, fakePart, fakeTar } from './cifar.fakes.ts';
import { imagesOf } from './image-store.fakes.ts';
import { type NamedFile, namedBlob, namedBytes } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { readSet } from './read-set.ts';

const partNames = [1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`).concat('test_batch.bin');
const load = (files: readonly NamedFile[], onProgress?: (done: number, total: number) => void) =>
  readSet(files, { decoder: nodeDecoder, ...(onProgress === undefined ? {} : { onProgress }) });

const train = namedBytes('data_batch_1.bin', fakePart(20));
const test = namedBytes('test_batch.bin', fakePart(10, 5));
const text = (words: string) => new TextEncoder().encode(words) as Uint8Array<ArrayBuffer>;
const messageOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : result.error.message);

describe('loading CIFAR-10', () => {
  it('turns planes into RGB triples, with labels, names and normalisation', async () => {
    const bytes = fakePart(2);
    bytes.set([11, 12], 1);
    bytes.set([21, 22], 1 + 1024);
    bytes.set([31, 32], 1 + 2048);
    const dataset = expectOk(await load([namedBytes('data_batch_1.bin', bytes), test]));
    const images = imagesOf(dataset.train);
    expect([...images.subarray(0, 6)]).toEqual([11, 21, 31, 12, 22, 32]);
    expect([...dataset.train.labels]).toEqual([0, 1]);
    expect(images.at(-1)).toBe(bytes.at(-1));
    expect(dataset.test.count).toBe(10);
    expect(dataset.classNames[8]).toBe('ship');
    expect(dataset.format.mean[0]).toBeCloseTo(0.4914, 4);
    expect(dataset.notes[0]).toMatch(/Not the official files: data_batch_1\.bin \(SHA-256 [0-9a-f]{16}\.\.\.\), test/);
    expect(dataset.notes[1]).toContain('Only 1 of the 5 training files');
  });

  it('gives the same data from .bin files in any order, a .tar.gz and a .tar', async () => {
    const entries = partNames.map((name, index) => ({ name, body: fakePart(4, index) }));
    const withTexts = [{ name: 'readme.html', body: text('<p>') }, ...entries.toReversed()];
    const tar = namedBytes('cifar-10-binary.tar', await fakeTar(withTexts));
    const files = entries.map(({ name, body }) => namedBlob(name, new Blob([body])));
    const ways = [files, files.toReversed(), [await fakeArchive(withTexts)], [tar]];
    const loaded = await Promise.all(ways.map(async (way) => expectOk(await load(way))));
    expect(loaded[0]?.train.count).toBe(20);
    expect([...(loaded[0]?.train.labels ?? [])].slice(0, 8)).toEqual([0, 1, 2, 3, 1, 2, 3, 4]);
    expect(new Set(loaded.map(({ checksum }) => checksum)).size).toBe(1);
  });

  it('splits a set of one kind, classes in proportion, and says so', async () => {
    for (const file of [namedBytes('data_batch_3.bin', fakePart(60)), namedBytes('test_batch.bin', fakePart(60))]) {
      const dataset = expectOk(await load([file]));
      expect([dataset.train.count, dataset.test.count]).toEqual([50, 10]);
      expect([...dataset.test.labels].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(dataset.notes.join()).toContain('10 of the 60 images');
    }
  });

  it('reports progress up to the end', async () => {
    const progress = vi.fn();
    await load([namedBytes('batches.meta.txt', text('cat')), train, test], progress);
    expect(progress.mock.lastCall).toEqual([train.size + test.size, train.size + test.size]);
  });
});

describe('refusals', () => {
  const cases: [name: string, bytes: Uint8Array, says: RegExp][] = [
    [
      'data_batch_1.bin',
      fakePart(3).subarray(0, 9_000),
      /data_batch_1\.bin ends in the middle of record 3.*Download it/,
    ],
    ['data_batch_1.bin', new Uint8Array(0), /empty/],
    ['test_batch.bin', fakePart(2).fill(17, 3073, 3074), /record 2 \(byte 3,073\) has label 17.*download/],
    ['data_batch_1.bin', Uint8Array.of(0x80, 2, 0x7d), /middle of record 1/],
    ['holiday.txt', Uint8Array.of(1), /holiday\.txt is no file of a data set.*Choose/],
    ['cifar-10-binary.tar.gz', text('<html>404</html>'), /neither zip, gzip nor tar.*Choose/],
    ['cifar-10-binary.tar.gz', new Uint8Array(0), /is empty/],
    ['cifar-10-binary.tar.gz', gzipSync(text('not a tar '.repeat(200))), /holds no files/],
    ['cifar-10-binary.tar.gz', gzipSync(new Uint8Array(0)), /cut off or damaged|holds no files/],
    ['cifar-10-binary.tar.gz', gzipSync(new Uint8Array(2_048)), /holds no files/],
  ];
  for (const [name, bytes, says] of cases) {
    it(`${name}, ${bytes.length} bytes: ${says.source}`, async () => {
      const result = await load([namedBytes(name, bytes)]);
      expect(messageOf(result)).toMatch(says);
      expect(result.ok ? '' : result.error.where).toContain(name);
    });
  }

  it('a stray file and an archive of the same set beside images are left out with a note', async () => {
    const stray = namedBytes('holiday.txt', Uint8Array.of(1));
    const archive = await fakeArchive([{ name: 'data_batch_1.bin', body: fakePart(2) }]);
    const { notes } = expectOk(await load([stray, archive, train, test]));
    expect(notes.join(' ')).toContain('Left out: holiday.txt, cifar-10-binary.tar.gz.');
  });

  it('nothing at all', async () => {
    expect(messageOf(await load([]))).toContain('No files were given');
  });

  it('a part given twice, renamed by the browser', async () => {
    const again = namedBytes('data_batch_1 (1).bin', fakePart(20));
    expect(messageOf(await load([train, again]))).toMatch(/data_batch_1 was given twice.*\(1\)\.bin/);
  });

  it('archives that hold a bad part or a cut end', async () => {
    const short = await fakeArchive([{ name: 'test_batch.bin', body: fakePart(1).slice(1) }]);
    expect(messageOf(await load([short]))).toMatch(/test_batch\.bin in cifar-10-binary\.tar\.gz ends in the middle/);
    const whole = gzipSync(await fakeTar([{ name: 'test_batch.bin', body: fakePart(9) }]));
    const cut = namedBytes('cifar-10-binary.tar.gz', whole.subarray(0, 20_000));
    expect(messageOf(await load([cut]))).toMatch(/cut off or damaged.*test_batch\.bin.*20,000 bytes.*Download/);
  });

  it('an archive that inflates without end', async () => {
    const bomb = namedBytes(
      'bomb.tar.gz',
      gzipSync(await fakeTar([{ name: 'data_batch_1.bin', body: new Uint8Array(90_000_000) }])),
    );
    expect(messageOf(await load([bomb]))).toMatch(/bomb\.tar\.gz inflates to more than .* bytes/);
  });

  it('files that cannot be read or change while they are read', async () => {
    const gone = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('gone')) });
    const unreadable = { name: 'test_batch.bin', size: 3073, stream: () => gone };
    expect(messageOf(await load([unreadable]))).toMatch(/could not be read \(gone\)/);
    for (const size of [3073, 9219]) {
      const result = await load([{ ...namedBytes('test_batch.bin', fakePart(2)), size }]);
      expect(messageOf(result)).toMatch(/changed while it was read/);
    }
  });
});
