import { expect, it } from 'vitest';
import { answerOf, indexOfMost, meanLogits, surest } from './exit-words.ts';

const values = Float32Array.of(0.25, 0.5, 0.125, 0.125, 1, 0, 0, 0);

it('finds the surest class of an image, and the surest ones of the first', () => {
  expect(answerOf(values, 0, 4)).toEqual({ index: 1, value: 0.5 });
  expect(answerOf(values, 1, 4)).toEqual({ index: 0, value: 1 });
  expect(surest(values, 4, 2)).toEqual([
    { index: 1, value: 0.5 },
    { index: 0, value: 0.25 },
  ]);
  expect(surest(values, 2, 3)).toHaveLength(2);
});

it('takes the mean of the patches before it looks for the largest', () => {
  const mean = meanLogits([Float32Array.of(4, 0, 1), Float32Array.of(-4, 0, 1)]);
  expect([...mean]).toEqual([0, 0, 1]);
  expect(indexOfMost(mean)).toBe(2);
  expect(indexOfMost(Float32Array.of(1, 1))).toBe(0);
});
