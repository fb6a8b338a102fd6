import { expect, it } from 'vitest';
import { answerOf, surest } from './exit-words.ts';

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
