import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openDataset } from './data-folder.ts';

const records = (count: number): Uint8Array => {
  const bytes = new Uint8Array(count * 3073);
  for (let row = 0; row < count; row++) bytes[row * 3073] = row % 10;
  return bytes;
};
const cifar = { data: 'cifar-10', resolution: 32 } as const;

/** A folder with these files of so many records. */
function folderWith(files: Readonly<Record<string, number>>): string {
  const folder = temporaryFolder();
  for (const [name, count] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), records(count));
  }
  return folder;
}

async function refusal(...asked: Parameters<typeof openDataset>): Promise<string> {
  const opened = await openDataset(...asked);
  return opened.ok ? '' : opened.error.message;
}

test('reads the images of a folder, unpacked ones in folders of it too, and says what is missing', async () => {
  const folder = folderWith({ 'cifar-10-batches-bin/data_batch_1.bin': 30, 'cifar-10-batches-bin/test_batch.bin': 20 });
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const notes: string[] = [];
  const dataset = expectOk(await openDataset(cifar, folder, (text) => notes.push(text)));
  expect([dataset.train.count, dataset.test.count, dataset.format.imageSize]).toEqual([30, 20, 32]);
  expect(notes[0]).toBe(`Found CIFAR-10 in ${folder}.`);
  expect(notes.join(' ')).toMatch(/data_batch_2/);
});

test('splits what is only a test part, and says so', async () => {
  const dataset = expectOk(await openDataset(cifar, folderWith({ 'test_batch.bin': 60 })));
  expect([dataset.train.count, dataset.test.count]).toEqual([50, 10]);
  expect(dataset.notes.join(' ')).toMatch(/No training part was given.*seeded random choice/);
});

test('brings images to the resolution of the experiment, the built-in ones too', async () => {
  const folder = folderWith({ 'data_batch_1.bin': 20, 'test_batch.bin': 20 });
  expect(expectOk(await openDataset({ ...cifar, resolution: 64 }, folder)).format.imageSize).toBe(64);
  expect(expectOk(await openDataset({ data: 'synthetic', resolution: 64 }, undefined)).format.imageSize).toBe(64);
});

test('refuses in words: no folder, nothing in it, another set, a file', async () => {
  expect(await refusal(cifar, undefined)).toMatch(/trains on CIFAR-10.*--data DIR/);
  expect(await refusal(cifar, temporaryFolder())).toMatch(/holds no files/);
  const folder = folderWith({ 'data_batch_1.bin': 20, 'test_batch.bin': 20 });
  expect(await refusal({ data: 'svhn', resolution: 32 }, folder)).toMatch(/holds CIFAR-10.*--set data=cifar-10/);
  expect(await refusal(cifar, join(folder, 'test_batch.bin'))).toMatch(/is a file/);
  expect(await refusal(cifar, join(folder, 'none'))).toMatch(/no such file or folder/);
});

test('follows no links out of the folder or round in it', async () => {
  const folder = folderWith({ 'test_batch.bin': 60 });
  const other = folderWith({ 'data_batch_1.bin': 20 });
  symlinkSync(join(other, 'data_batch_1.bin'), join(folder, 'data_batch_1.bin'));
  symlinkSync(folder, join(folder, 'again'));
  const dataset = expectOk(await openDataset(cifar, folder));
  expect(dataset.train.count + dataset.test.count).toBe(60);
});
