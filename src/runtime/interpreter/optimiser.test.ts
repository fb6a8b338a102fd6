import { expect, test } from 'vitest';
import { sgdUpdate } from './optimiser.ts';
import { tensorOf } from './test-support.ts';

const one = (value: number) => tensorOf([1], [value]);
const settings = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true };

test("two Nesterov steps follow PyTorch's recurrence", () => {
  const first = sgdUpdate(one(2), one(0), one(0.5), settings);
  expect(first.velocity.data[0]).toBeCloseTo(0.52, 14);
  expect(first.parameter.data[0]).toBeCloseTo(2 - 0.1 * (0.52 + 0.9 * 0.52), 14);
  const p = first.parameter.data[0] as number;
  const second = sgdUpdate(first.parameter, first.velocity, one(-1), settings);
  const g = -1 + 0.01 * p;
  const v = 0.9 * 0.52 + g;
  expect(second.velocity.data[0]).toBeCloseTo(v, 14);
  expect(second.parameter.data[0]).toBeCloseTo(p - 0.1 * (g + 0.9 * v), 14);
});

test('classical momentum steps by the velocity alone', () => {
  const { parameter } = sgdUpdate(one(2), one(1), one(0.5), { ...settings, nesterov: false });
  expect(parameter.data[0]).toBeCloseTo(2 - 0.1 * (0.9 + 0.52), 14);
});

test('without a gradient, decay and momentum go on', () => {
  const { parameter, velocity } = sgdUpdate(one(2), one(1), undefined, settings);
  expect(velocity.data[0]).toBeCloseTo(0.92, 14);
  expect(parameter.data[0]).toBeCloseTo(2 - 0.1 * (0.02 + 0.9 * 0.92), 14);
});
