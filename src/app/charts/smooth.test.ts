import { expect, it } from 'vitest';
import { smooth } from './smooth.ts';

it('leaves a constant as it is from the first value on', () => {
  expect([...smooth(Float64Array.of(2, 2, 2), 0.9)].map((value) => value.toFixed(9))).toEqual(
    Array(3).fill('2.000000000'),
  );
});

it('weighs the past, and passes over gaps', () => {
  const [first, gap, last] = smooth(Float64Array.of(0, Number.NaN, 1), 0.5) as unknown as [number, number, number];
  expect(first).toBe(0);
  expect(gap).toBeNaN();
  expect(last).toBeCloseTo(0.5 / 0.75);
});
