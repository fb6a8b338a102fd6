import { describe, expect, test } from 'vitest';
import { checksumOf } from '../datasets/checksum.ts';
import { createSynthetic } from '../datasets/synthetic.ts';
import { describeData, viewData } from './data-view.ts';

const data = createSynthetic(1, { train: 60, test: 20 });
const look = { part: 'train', firstClass: 0, classes: 10, seed: 1 } as const;

describe('viewData', () => {
  test('shows a few images of each class asked for', () => {
    const { samples } = viewData(data, look);
    expect(samples.labels).toHaveLength(40);
    for (let label = 0; label < 10; label++) expect(samples.labels.filter((own) => own === label)).toHaveLength(4);
    expect(samples.images).toHaveLength(40 * 32 * 32 * 3);
    const others = viewData(data, { ...look, part: 'test', firstClass: 8 }).samples;
    expect(others.labels).toEqual([8, 9, 8, 9]);
  });

  test('counts the classes of every part, and measures the colours', () => {
    const { balance, statistics, normalisation } = viewData(data, look);
    expect(balance).toEqual({ train: Array(10).fill(6), validation: undefined, test: Array(10).fill(2) });
    expect(statistics.images).toBe(60);
    expect(Math.max(...statistics.mean)).toBeLessThan(1);
    expect(normalisation.mean).toEqual(data.format.mean);
  });

  test('shows images as they are and as steps see them', () => {
    const { augmented, augmentation } = viewData(data, look);
    expect(augmentation).toEqual({ padding: 'reflect', pad: 4, flip: true });
    expect(augmented.images).toHaveLength(4 * (1 + augmented.variants) * 3072);
    const first = new Uint8Array(3072);
    data.train.images.copy(0, first, 0);
    expect(augmented.images.slice(0, 3072)).toEqual(first);
    const again = viewData(data, { ...look, seed: 2 }).augmented;
    expect(again.images).not.toEqual(augmented.images);
  });

  test('shows images without labels, which no classifier can be trained on', () => {
    const none = { images: data.train.images, labels: new Uint16Array(0), count: 0 };
    const bare = {
      ...data,
      train: none,
      test: none,
      unlabelled: data.train.images,
      checksum: checksumOf([none, none]),
    };
    expect(describeData(bare)).toMatchObject({ trainCount: 0, unlabelledCount: 60 });
    const { samples, statistics } = viewData(bare, { ...look, part: 'unlabelled' });
    expect(samples.labels).toEqual(Array(40).fill(-1));
    expect(statistics.images).toBe(60);
  });
});
