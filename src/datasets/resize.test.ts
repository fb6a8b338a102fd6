import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitSquare, resizeSquare } from './resize.ts';

/** RGB pixels whose red is `red(row, column)`. */
const painted = (height: number, width: number, red: (row: number, column: number) => number) =>
  Uint8Array.from({ length: height * width * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return at % 3 === 0 ? red(Math.floor(pixel / width), pixel % width) : 10 * (at % 3);
  });
const redOf = (image: Uint8Array): number[] => [...image].filter((_, at) => at % 3 === 0);

it('equal sizes change nothing, and the middle of the longer side is kept', () => {
  const wide = painted(2, 5, (row, column) => 10 * row + column);
  const kept = fitSquare({ width: 5, height: 2, channels: 3, pixels: wide }, 2);
  expect(redOf(kept)).toEqual([1, 2, 11, 12]);
  expect(resizeSquare(kept, 2, 2)).toBe(kept);
});

it('halving weighs four pixels a side by a triangle', () => {
  const ramp = painted(4, 4, (_, column) => 16 * column);
  // Pixel 0: weights 0.75, 0.75, 0.25 of columns 0, 1, 2; pixel 1 mirrored.
  const left = (0.75 * 0 + 0.75 * 16 + 0.25 * 32) / 1.75;
  expect(redOf(resizeSquare(ramp, 4, 2)).slice(0, 2)).toEqual([Math.round(left), Math.round(48 - left)]);
});

it('doubling is linear between the centres of pixels', () => {
  const two = painted(2, 2, (_, column) => 100 * column);
  expect(redOf(resizeSquare(two, 2, 4)).slice(0, 4)).toEqual([0, 25, 75, 100]);
});

it('stays between the darkest and the lightest pixel, whatever the sizes', () => {
  const sizes = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(sizes, sizes, fc.integer({ min: 1, max: 40 }), fc.nat(), (width, height, size, seed) => {
      const pixels = painted(height, width, (row, column) => 50 + ((row * 31 + column * 17 + seed) % 150));
      const image = fitSquare({ width, height, channels: 3, pixels }, size);
      expect(image.length).toBe(size * size * 3);
      for (const red of redOf(image)) expect(red >= 50 && red < 200).toBe(true);
      expect([...image].filter((_, at) => at % 3 === 2).every((blue) => blue === 20)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
