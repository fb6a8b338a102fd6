import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createMemoryStore, type FileStore, storeFailure } from './file-store.ts';
import { createFolderStore } from './folder-store.ts';
import { fakeDirectory } from './private-store.fakes.ts';
import { createPrivateStore } from './private-store.ts';

const newFolder = () => mkdtemp(join(tmpdir(), 'store-'));
const stores: readonly (readonly [string, () => Promise<FileStore>])[] = [
  ['memory', async () => createMemoryStore()],
  ['folder', async () => createFolderStore(join(await newFolder(), 'new'))],
  ['private files', async () => createPrivateStore(fakeDirectory())],
];
const bytes = (...values: number[]) => Uint8Array.from(values);

describe.each(stores)('a store in %s', (_, open) => {
  test('keeps files by path, lists them with sizes, replaces and removes them', async () => {
    const store = await open();
    expect(expectOk(await store.list(''))).toEqual([]);
    expect(expectOk(await store.read('runs/a/record.json'))).toBeUndefined();
    expectOk(await store.write('runs/a/record.json', bytes(1, 2, 3)));
    expectOk(await store.write('runs/a/record.json', bytes(4)));
    expectOk(await store.write('runs/b/record.json', bytes(5)));
    expect(expectOk(await store.read('runs/a/record.json'))).toEqual(bytes(4));
    expect(expectOk(await store.list('runs')).map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'folder'],
      ['b', 'folder'],
    ]);
    expect(expectOk(await store.list('runs/a'))).toEqual([{ name: 'record.json', kind: 'file', bytes: 1 }]);
    expectOk(await store.remove('runs/a'));
    expectOk(await store.remove('runs/a'));
    expect(expectOk(await store.list('runs')).map(({ name }) => name)).toEqual(['b']);
  });

  test('refuses names that lead out of it', async () => {
    const store = await open();
    for (const path of ['../x', 'a/../../x', '/etc', 'a//b', '.hidden', 'a\\b'])
      expect((await store.write(path, bytes(1))).ok).toBe(false);
  });
});

test('a folder holds nothing of a file that was not written to its end', async () => {
  const root = await newFolder();
  const store = createFolderStore(root);
  expectOk(await store.write('a', bytes(1)));
  writeFileSync(join(root, 'a.part'), 'half');
  expect(expectOk(await store.list('')).map(({ name }) => name)).toEqual(['a']);
  expectOk(await store.write('a', bytes(2)));
  expect(existsSync(join(root, 'a.part'))).toBe(false);
});

test('want of space is told apart', () => {
  const quota = storeFailure(new DOMException('full', 'QuotaExceededError'), 'a');
  expect(quota.error).toMatchObject({ fault: 'storage-full', message: expect.stringContaining('Delete runs') });
  expect(storeFailure(Object.assign(new Error('x'), { code: 'ENOSPC' }), 'a').error.fault).toBe('storage-full');
  expect(storeFailure(new Error('odd'), 'a').error).toEqual({ message: 'a could not be reached (odd).', where: 'a' });
});

test('a private file that is replaced while it is read is read anew', async () => {
  const store = createPrivateStore(fakeDirectory());
  expectOk(await store.write('runs/a/record.json', bytes(1)));
  const reading = store.read('runs/a/record.json');
  // All that is done before the contents are read is done at once.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  expectOk(await store.write('runs/a/record.json', bytes(2)));
  expect(expectOk(await reading)).toEqual(bytes(2));
});
