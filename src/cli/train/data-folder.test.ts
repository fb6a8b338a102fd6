import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { findCifar10, openDataset } from './data-folder.ts';

const namesIn = (folder: string): string[] => expectOk(findCifar10(folder)).map(({ name }) => basename(name));

test('takes the parts of a folder, then of the unpacked one in it, then the archive', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'notes.txt'), '');
  expect(findCifar10(folder).ok).toBe(false);
  writeFileSync(join(folder, 'cifar-10-binary.tar.gz'), '');
  expect(namesIn(folder)).toEqual(['cifar-10-binary.tar.gz']);
  mkdirSync(join(folder, 'cifar-10-batches-bin'));
  writeFileSync(join(folder, 'cifar-10-batches-bin', 'data_batch_2.bin'), '');
  expect(namesIn(folder)).toEqual(['data_batch_2.bin']);
  writeFileSync(join(folder, 'test_batch.bin'), '');
  writeFileSync(join(folder, 'batches.meta.txt'), '');
  expect(namesIn(folder)).toEqual(['test_batch.bin']);
});

test('reads the images of a folder', async () => {
  const folder = temporaryFolder();
  const records = new Uint8Array(20 * 3073);
  for (let row = 0; row < 20; row++) records[row * 3073] = row % 10;
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) writeFileSync(join(folder, name), records);
  const dataset = expectOk(await openDataset('cifar-10', folder));
  expect([dataset.train.count, dataset.test.count]).toEqual([20, 20]);
});
