import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { DataShelf } from './datasets.ts';

/** Records of CIFAR-10, of every class in turn. */
const records = (name: string, count: number) => {
  const bytes = new Uint8Array(count * 3073);
  for (let record = 0; record < count; record++) {
    bytes.fill((record * 7) % 256, record * 3073 + 1, (record + 1) * 3073);
    bytes[record * 3073] = record % 10;
  }
  return { path: name, file: new File([bytes], name) };
};
const source = { kind: 'files', files: [records('data_batch_1.bin', 40), records('test_batch.bin', 20)] } as const;
const cifar = { ...startingExperiment, data: 'cifar-10', resolution: 32 } as const;
const quietly = () => {};
const limit = 100_000_000;

describe('DataShelf', () => {
  test('draws the built-in set at any resolution', async () => {
    const shelf = new DataShelf();
    const set = expectOk(await shelf.get({ ...startingExperiment, resolution: 64 }, quietly));
    expect(set.format.imageSize).toBe(64);
    expect(await shelf.get({ ...startingExperiment, resolution: 64 }, quietly)).toMatchObject({ value: set });
  });

  test('refuses what can only be planned before it draws or reads anything', async () => {
    const refused = await new DataShelf().get({ ...startingExperiment, resolution: 224 }, quietly);
    expect(refused).toMatchObject({ ok: false, error: { where: 'resolution' } });
  });

  test('reads a set once, and again where another resolution is wanted', async () => {
    const shelf = new DataShelf();
    expect((await shelf.get(cifar, quietly)).ok).toBe(false);
    const told: string[] = [];
    const loaded = expectOk(await shelf.load(source, startingExperiment, limit, (title) => told.push(title)));
    expect(loaded).toMatchObject({ name: 'cifar-10', train: { count: 40 }, format: { imageSize: 32 } });
    expect(told).toContain('CIFAR-10');
    expect(expectOk(await shelf.get(cifar, quietly))).toBe(loaded);
    expect(shelf.withChecksum(loaded.checksum)).toBe(loaded);
    const larger = expectOk(await shelf.get({ ...cifar, resolution: 64 }, quietly));
    expect(larger.format).toMatchObject({ imageSize: 64, pad: 8 });
    expect(shelf.withChecksum(loaded.checksum)).toBeUndefined();
  });

  test('reads the set an experiment names at its resolution', async () => {
    const loaded = await new DataShelf().load(source, { ...cifar, resolution: 96 }, limit, quietly);
    expect(expectOk(loaded).format.imageSize).toBe(96);
  });

  test('ends when cancelled and keeps what was there; reads one set at a time', async () => {
    const shelf = new DataShelf();
    const before = expectOk(await shelf.load(source, cifar, limit, quietly));
    const under = shelf.load(source, cifar, limit, () => shelf.cancel());
    expect(await shelf.load(source, cifar, limit, quietly)).toMatchObject({ ok: false, error: { where: 'data' } });
    expect(await under).toMatchObject({ ok: false, error: { where: 'cancelled' } });
    expect(expectOk(await shelf.get(cifar, quietly))).toBe(before);
    expect((await shelf.load(source, cifar, limit, quietly)).ok).toBe(true);
  });
});
