import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { temporaryFolder } from '../../cli/temporary-folder.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import type { ImageStore } from '../../datasets/image-store.ts';
import { splitValidation } from '../../datasets/subset.ts';
import { createSynthetic } from '../../datasets/synthetic.ts';
import { createFolderStore } from '../folder-store.ts';
import { folderShards } from './folder-shards.ts';
import { SetCache } from './set-cache.ts';
import { spillingSink } from './spilling-sink.ts';

const drawn = createSynthetic(1, { train: 60, test: 20 });
const data: Dataset = { ...splitValidation(drawn, 0.2, 1), unlabelled: drawn.test.images };

function cacheIn(root: string, room: number | undefined = undefined) {
  const at = { files: createFolderStore(root), open: folderShards(root), room: async () => room };
  return { cache: new SetCache(at), at };
}

const bytesOf = (store: ImageStore | undefined): string => {
  if (store === undefined) return '';
  const bytes = new Uint8Array(store.count * store.stride);
  for (let index = 0; index < store.count; index++) store.copy(index, bytes, index * store.stride);
  return Buffer.from(bytes).toString('base64');
};

const filesOf = (root: string, id: string) => readdirSync(join(root, 'sets', id)).sort();

describe('SetCache', () => {
  test.each([
    ['memory', Number.POSITIVE_INFINITY],
    ['its files, where it is too large for memory', 1000],
  ])('gives back what was stored, from %s', async (_, limit) => {
    const { cache } = cacheIn(temporaryFolder());
    const { id } = expectOk(await cache.write(data, 'a test'));
    const read = expectOk(await cache.read(id, limit));
    const { train, validation, test: tested, unlabelled, ...others } = data;
    expect(read).toMatchObject({ ...others, format: { imageSize: 32, classes: 10 } });
    for (const [own, before] of [
      [read.train, train],
      [read.validation, validation],
      [read.test, tested],
    ] as const) {
      expect(own?.labels).toEqual(before?.labels);
      expect(bytesOf(own?.images)).toBe(bytesOf(before?.images));
    }
    expect(bytesOf(read.unlabelled)).toBe(bytesOf(unlabelled));
  });

  test('lists sets with what is known of them, and deletes them', async () => {
    const { cache } = cacheIn(temporaryFolder());
    const { id } = expectOk(await cache.write(data, 'a test'));
    expectOk(await cache.write(data, 'again'));
    const [stored, ...others] = expectOk(await cache.list());
    expect(others).toEqual([]);
    expect(stored).toMatchObject({ id, manifest: { title: data.title, source: 'a test', counts: { train: 48 } } });
    expect(stored?.bytes).toBeGreaterThan(100 * 3072);
    expectOk(await cache.remove(id));
    expect(expectOk(await cache.list())).toEqual([]);
  });

  test('refuses what there is no room for', async () => {
    const refused = await cacheIn(temporaryFolder(), 1000).cache.write(data, 'a test');
    expect(refused.ok ? '' : refused.error.message).toMatch(/no room/);
  });

  test('finds what was not written to its end and deletes it', async () => {
    const root = temporaryFolder();
    const { cache, at } = cacheIn(root);
    const { id } = expectOk(await cache.write(data, 'a test'));
    expectOk(await at.files.remove(`sets/${id}/manifest`));
    expect(expectOk(await cache.list())).toEqual([]);
    expect(readdirSync(join(root, 'sets'))).toEqual([]);
  });

  test('finds damage in any of its files and deletes it', async () => {
    for (const name of ['manifest', 'labels', 'images-00000']) {
      for (const harm of [
        (bytes: Buffer) => bytes.fill((bytes[70] as number) ^ 1, 70, 71),
        (bytes: Buffer) => bytes.subarray(0, -1),
      ]) {
        const root = temporaryFolder();
        const { cache } = cacheIn(root);
        const { id } = expectOk(await cache.write(data, 'a test'));
        expect(filesOf(root, id)).toEqual(['images-00000', 'labels', 'manifest']);
        const path = join(root, 'sets', id, name);
        writeFileSync(path, harm(readFileSync(path)));
        const read = await cache.read(id, Number.POSITIVE_INFINITY);
        expect(read.ok ? '' : read.error.message).toMatch(/is damaged; it was deleted/);
        expect(readdirSync(join(root, 'sets'))).toEqual([]);
      }
    }
  });
});

describe('spillingSink', () => {
  test.each([
    ['memory', 1_000_000, false],
    ['files', 40 * 3072, true],
  ])('keeps images in %s', async (_, limit, spilled) => {
    const root = temporaryFolder();
    const sink = spillingSink(cacheIn(root).at, 3072, limit);
    const image = new Uint8Array(3072 * 7);
    for (let first = 0; first < 56; first += 7) {
      for (let place = 0; place < 7; place++) drawn.train.images.copy(first + place, image, place * 3072);
      expectOk(await sink.write(image));
    }
    const store = expectOk(await sink.finish());
    expect(sink.spilled).toBe(spilled);
    expect(store.count).toBe(56);
    expect(bytesOf(store)).toBe(bytesOf({ ...drawn.train.images, count: 56 }));
    await sink.clear();
    expect(readdirSync(root)).toEqual([]);
  });
});
