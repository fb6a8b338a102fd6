import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumOf } from './checksum.ts';
import { describe as describeDataset } from './dataset.ts';
import { imagesOf } from './image-store.fakes.ts';
import { imagesInMemory } from './image-store.ts';
import { split, subset } from './subset.ts';
import { createSynthetic } from './synthetic.ts';

const dataset = createSynthetic(1, { train: 100, test: 50 });
const perClass = (labels: Uint16Array): number[] =>
  Array.from({ length: 10 }, (_, label) => labels.filter((other) => other === label).length);

describe('subset', () => {
  it('is the same object where nothing is left out', () => {
    expect(subset(dataset, 'all', 'all', 1)).toBe(dataset);
    expect(subset(dataset, 100, 5_000, 1)).toBe(dataset);
  });

  it('shares the set that is kept whole', () => {
    const part = subset(dataset, 30, 'all', 1);
    expect(part.test).toBe(dataset.test);
    expect(part.checksum).not.toBe(dataset.checksum);
    expect(part.notes.at(-1)).toContain('Only 30 of the 100 training images');
    expect(describeDataset(part)).toContain('30 training and 50 test images');
  });

  it('keeps the classes in proportion, has distinct images and depends on the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer(), (size, seed) => {
        const { train } = subset(dataset, size, 'all', seed);
        expect(train.count).toBe(size);
        for (const count of perClass(train.labels)) expect(Math.abs(count - size / 10)).toBeLessThan(1);
        const texts = Array.from({ length: size }, (_, row) =>
          imagesOf(train)
            .subarray(row * 3072, row * 3072 + 3072)
            .join(),
        );
        expect(new Set(texts).size).toBe(size);
      }),
      { numRuns: 20 },
    );
    const checksum = (seed: number) => subset(dataset, 30, 'all', seed).checksum;
    expect(checksum(1)).toBe(checksum(1));
    expect(checksum(2)).not.toBe(checksum(1));
  });

  it('throws on sizes the schema never lets through', () => {
    for (const size of [0, -1, 2.5, Number.NaN]) expect(() => subset(dataset, size, 'all', 1)).toThrow(RangeError);
  });
});

describe('split', () => {
  it('parts a set without loss', () => {
    const { taken, rest } = split(dataset.train, 25, 1, 'test');
    expect(taken.count + rest.count).toBe(100);
    expect(perClass(taken.labels).map((count, label) => count + (perClass(rest.labels)[label] ?? 0))).toEqual(
      perClass(dataset.train.labels),
    );
  });
});

describe('checksum', () => {
  it('changes with any byte, label, length or exchange of the sets', () => {
    const { train, test } = dataset;
    const before = checksumOf([train, test]);
    const bytes = imagesOf(train);
    expect(before).toMatch(/^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const images = bytes.slice();
        images[at] = (images[at] as number) ^ flip;
        expect(checksumOf([{ ...train, images: imagesInMemory(images, 3072) }, test])).not.toBe(before);
      }),
      { numRuns: 30 },
    );
    const labels = train.labels.slice();
    labels[99] = 3;
    expect(checksumOf([{ ...train, labels }, test])).not.toBe(before);
    expect(checksumOf([test, train])).not.toBe(before);
  });

  it('does not depend on where in memory the bytes lie', () => {
    const { train, test } = dataset;
    const bytes = imagesOf(train);
    const moved = new Uint8Array(bytes.length + 5);
    moved.set(bytes, 5);
    expect(checksumOf([{ ...train, images: imagesInMemory(moved.subarray(5), 3072) }, test])).toBe(dataset.checksum);
  });
});
