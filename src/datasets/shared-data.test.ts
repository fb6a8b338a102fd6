import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { checksumOf } from './checksum.ts';
import { checkTrainable, type Dataset } from './dataset.ts';
import { imagesOf } from './image-store.fakes.ts';
import type { ImageStore } from './image-store.ts';
import { nodeDecoder } from './node-decoder.ts';
import { detectSet, readSet } from './read-set.ts';
import { sharedFiles, sharedFolder, sharedPresent, sharedSets } from './shared-data.fakes.ts';

if (!sharedPresent) console.log(`Not tested: the readers on real images, for there is no ${sharedFolder}`);

/** All bytes of the images; where training and test part are the same images, once. */
function sumOf({ train, test }: Dataset): number {
  let sum = 0;
  for (const set of train === test ? [train] : [train, test]) {
    const bytes = imagesOf(set);
    for (let at = 0; at < bytes.length; at++) sum += bytes[at] as number;
  }
  return sum;
}

// A busy machine takes its time over 60,000 images.
describe.runIf(sharedPresent)('real images', { timeout: 180_000 }, () => {
  it('are the files that the README states', () => {
    const rows = readFileSync(`${sharedFolder}README.md`, 'utf8').matchAll(
      /^\| `([^`]+)` \| ([\d,]+) \| `([0-9a-f]{64})` \|/gm,
    );
    let count = 0;
    for (const [, name, size, sum] of rows) {
      const bytes = readFileSync(sharedFolder + name);
      expect(bytes.length, name).toBe(Number(size?.replaceAll(',', '')));
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sum);
      count++;
    }
    expect(count).toBe(19);
  });

  for (const shared of sharedSets) {
    it(`${shared.files[0]} and its like have the counts, labels and pixels in the table`, async () => {
      const files = await sharedFiles(shared.files);
      expect(expectOk(await detectSet(files)).set).toBe(shared.set);
      const dataset = expectOk(await readSet(files, { decoder: nodeDecoder }));
      const { name, train, test, unlabelled, classNames, format } = dataset;
      expect([name, format.imageSize, format.classes, classNames.length]).toEqual([
        shared.set,
        shared.size,
        shared.classes,
        shared.classes,
      ]);
      expect([train.count, test.count, unlabelled?.count ?? 0]).toEqual(shared.counts);
      shared.labels.forEach((labels, part) => {
        expect([...(part === 0 ? train : test).labels.subarray(0, labels.length)]).toEqual(labels);
      });
      expect(dataset.notes.join(' ')).toContain(shared.note);
      expect(checkTrainable(dataset).ok).toBe(true);
      expect(sumOf(dataset)).toBe(shared.sum);
      expect(dataset.checksum).toBe(shared.checksum);
    });
  }

  it('CIFAR-10: each class is there as often as published, with the published channel means', async () => {
    const files = await sharedFiles(['cifar-10/data_batch_1.bin', 'cifar-10/test_batch.bin']);
    const { train, test, format } = expectOk(await readSet(files, { decoder: nodeDecoder }));
    expect(test.labels.filter((label) => label === 9).length).toBe(1_000);
    const sums = [0, 0, 0];
    imagesOf(train).forEach((byte, at) => {
      sums[at % 3] = (sums[at % 3] ?? 0) + byte;
    });
    sums.forEach((sum, channel) => {
      expect(sum / (255 * 1024 * train.count)).toBeCloseTo(format.mean[channel] ?? 0, 2);
    });
  });

  it('SVHN and STL-10 lie row by row, as SciPy and NumPy read them', async () => {
    const svhn = expectOk(
      await readSet(await sharedFiles(['svhn/svhn-mini_train_32x32.mat', 'svhn/svhn-mini_test_32x32.mat']), {
        decoder: nodeDecoder,
      }),
    );
    const at = 100 * 3072 + 3 * (3 * 32 + 7);
    expect([...imagesOf(svhn.train).subarray(at, at + 3)]).toEqual([162, 165, 171]);
    const stl = expectOk(await readSet(await sharedFiles(['stl10/unlabeled_X.bin']), { decoder: nodeDecoder }));
    const unlabelled = { images: stl.unlabelled as ImageStore, labels: new Uint16Array(0), count: 246 };
    const images = imagesOf(unlabelled);
    const place = 245 * 27_648 + 3 * (96 + 2);
    expect([...images.subarray(place, place + 3)]).toEqual([237, 203, 164]);
    expect(images.reduce((sum, byte) => sum + byte, 0)).toBe(726_309_163);
    expect(checksumOf([unlabelled])).toBe('402366ef3cab394002b2ecd6b57abe2e');
  });

  it('STL-10 without labels is refused for classifiers, in words', async () => {
    const dataset = expectOk(await readSet(await sharedFiles(['stl10/unlabeled_X.bin']), { decoder: nodeDecoder }));
    const refused = checkTrainable(dataset);
    expect(refused.ok ? '' : refused.error.message).toMatch(/have no labels.*reconstructed/);
  });

  const cut: [file: string, says: RegExp][] = [
    ['stl10/stl10_binary.tar.gz.first-1500000-bytes', /cut off or damaged.* 64 of its 8,000 images are whole/],
    ['svhn/train_32x32.mat.first-1900000-bytes', /cut off or damaged.* 764 of its 73,257 images are whole/],
  ];
  for (const [file, says] of cut) {
    it(`${file} is refused with how far it is readable`, async () => {
      const result = await readSet(await sharedFiles([file]), { decoder: nodeDecoder });
      expect(result.ok ? 'no failure' : result.error.message).toMatch(says);
    });
  }
});
