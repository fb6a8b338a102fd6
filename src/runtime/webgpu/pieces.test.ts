import { expect, test } from 'vitest';
import { createPacer } from './pieces.ts';

const hour = 3_600_000;
const kernels = Array.from({ length: 40 }, () => 1);

test('pieces are of about eight milliseconds by what steps took, and a longer kernel is one of its own', () => {
  const pacer = createPacer(kernels, 40);
  expect(pacer.ends()).toEqual([8, 16, 24, 32, 40]);
  for (let step = 0; step < 5; step++) pacer.took(80);
  expect(pacer.ends()).toHaveLength(10);
  for (let step = 0; step < 5; step++) pacer.took(4);
  expect(pacer.ends()).toEqual([40]);
  expect(createPacer([1, 100, 1], 102).ends()).toEqual([1, 2, 3]);
});

test('a step that the machine slept through moves no border of a piece', () => {
  const pacer = createPacer(kernels, 40);
  for (let step = 0; step < 3; step++) pacer.took(40);
  const before = pacer.ends();
  pacer.took(8 * hour);
  expect(pacer.ends()).toEqual(before);
  pacer.took(40);
  expect(pacer.ends()).toEqual(before);
});

test('the very first step may be slept through: the next one is believed', () => {
  const pacer = createPacer(kernels, 40);
  pacer.took(8 * hour);
  pacer.took(40);
  expect(pacer.ends()).toHaveLength(5);
});
