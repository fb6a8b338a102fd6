import fc from 'fast-check';
import { expect, test } from 'vitest';
import { augmentNormalise } from '../runtime/interpreter/augmentation.ts';
import { augmentedImage } from './augmented-image.ts';

test('shows what a training step sees', () => {
  const cases = fc.record({
    size: fc.integer({ min: 5, max: 9 }),
    pad: fc.integer({ min: 0, max: 4 }),
    padding: fc.constantFrom('reflect' as const, 'zero' as const),
    at: fc.tuple(fc.nat(), fc.nat()),
    flip: fc.integer({ min: 0, max: 1 }),
    seed: fc.nat({ max: 255 }),
  });
  fc.assert(
    fc.property(cases, ({ size, pad, padding, at, flip, seed }) => {
      const image = Uint8Array.from({ length: size * size * 3 }, (_, index) => (index * 7 + seed) % 256);
      const crop = [at[0] % (2 * pad + 1), at[1] % (2 * pad + 1), flip] as const;
      const seen = augmentNormalise(
        { shape: [1, size, size, 3], data: Float64Array.from(image) },
        { shape: [1, 3], data: Float64Array.from(crop) },
        { mean: [0, 0, 0], std: [1, 1, 1], padding, pad },
      );
      const shown = augmentedImage(image, { imageSize: size, pad, padding }, crop);
      expect([...shown]).toEqual([...seen.data].map((value) => Math.round(value * 255)));
    }),
  );
});
