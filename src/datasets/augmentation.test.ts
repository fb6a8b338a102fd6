import { describe, expect, it } from 'vitest';
import { centreCrops, drawCrops } from './augmentation.ts';

const cifar = { padding: 'reflect', pad: 4, flip: true } as const;

describe('crops', () => {
  it('are uniform over 0..2*pad, and half are flipped', () => {
    const crops = drawCrops(1, 0, 9_000, cifar, true);
    for (const column of [0, 1]) {
      const counts = new Array<number>(9).fill(0);
      for (let at = column; at < crops.length; at += 3)
        counts[crops[at] as number] = (counts[crops[at] as number] ?? 0) + 1;
      // 1,000 expected in each; five standard deviations.
      for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    }
    const flips = crops.filter((_, at) => at % 3 === 2);
    expect(new Set(flips)).toEqual(new Set([0, 1]));
    expect(Math.abs(flips.reduce((sum, flip) => sum + flip, 0) - 4_500)).toBeLessThan(240);
  });

  it('depend on seed and step', () => {
    expect(drawCrops(1, 7, 32, cifar, true)).toEqual(drawCrops(1, 7, 32, cifar, true));
    expect(drawCrops(1, 8, 32, cifar, true)).not.toEqual(drawCrops(1, 7, 32, cifar, true));
    expect(drawCrops(2, 7, 32, cifar, true)).not.toEqual(drawCrops(1, 7, 32, cifar, true));
  });

  it('keep their offsets when flipping is off', () => {
    const flipped = drawCrops(1, 7, 32, cifar, true);
    const straight = drawCrops(1, 7, 32, { ...cifar, flip: false }, true);
    expect(straight).toEqual(flipped.map((value, at) => (at % 3 === 2 ? 0 : value)));
  });

  it('are the middle, unflipped, when augmentation is off', () => {
    expect([...drawCrops(1, 7, 2, cifar, false)]).toEqual([4, 4, 0, 4, 4, 0]);
    expect([...centreCrops(1, { pad: 2 })]).toEqual([2, 2, 0]);
  });
});
