import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { imagesOf } from './image-store.fakes.ts';
import { namedBytes } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { readSet } from './read-set.ts';

const folder = fileURLToPath(new URL('../../../shared/data/cifar-10/', import.meta.url));
const present = existsSync(folder);
if (!present) console.log(`Not tested: the reader on real CIFAR-10 images, for there is no ${folder}`);

describe.runIf(present)('real CIFAR-10 files', () => {
  it('have the published labels, class counts and channel means', async () => {
    const files = ['data_batch_1.bin', 'test_batch.bin'].map((name) => namedBytes(name, readFileSync(folder + name)));
    const { train, test, notes, format } = expectOk(await readSet(files, { decoder: nodeDecoder }));
    expect([train.count, test.count]).toEqual([10_000, 10_000]);
    expect([...train.labels.subarray(0, 10)]).toEqual([6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
    expect([...test.labels.subarray(0, 10)]).toEqual([3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
    expect(test.labels.filter((label) => label === 9).length).toBe(1_000);
    const sums = [0, 0, 0];
    imagesOf(train).forEach((byte, at) => {
      sums[at % 3] = (sums[at % 3] ?? 0) + byte;
    });
    sums.forEach((sum, channel) => {
      expect(sum / (255 * 1024 * train.count)).toBeCloseTo(format.mean[channel] ?? 0, 2);
    });
    // Some of its records are not lossless (see ../shared/data/README.md), so it is not the official file.
    expect(notes[0]).toContain('data_batch_1.bin (SHA-256 0def081c410489f9...');
  });
});
