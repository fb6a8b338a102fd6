import { describe, expect, test } from 'vitest';
import { learningRateAt } from './learning-rate.ts';

const at = (
  schedule: 'constant' | 'steps' | 'cosine-step' | 'cosine-epoch',
  step: number,
  totalSteps: number,
  stepsPerEpoch = 10,
  warmup = 0,
) => learningRateAt({ learningRate: 0.8, schedule, warmup }, { step, totalSteps, stepsPerEpoch });

describe('learningRateAt', () => {
  test('cosine-step warms up from 0 over the first 5 % and falls by the cosine', () => {
    expect(at('cosine-step', 0, 100)).toBe(0);
    expect(at('cosine-step', 50, 100)).toBeCloseTo(0.4);
    expect(at('cosine-step', 3, 100)).toBeCloseTo((0.5 * 0.8 * (1 + Math.cos(0.03 * Math.PI)) * 3) / 5);
    expect(at('cosine-step', 99, 100)).toBeGreaterThan(0);
  });

  test('cosine-epoch counts epochs from 1 and ends at 0', () => {
    expect(at('cosine-epoch', 0, 100)).toBeCloseTo(0.4 * (1 + Math.cos(Math.PI / 10)));
    expect(at('cosine-epoch', 9, 100)).toBe(at('cosine-epoch', 0, 100));
    expect(at('cosine-epoch', 99, 100)).toBeCloseTo(0);
  });

  test('cosine-epoch warms up from 0.01 over W epochs, at most a tenth', () => {
    expect(at('cosine-epoch', 0, 4000, 10, 10)).toBeCloseTo(0.01);
    const second = 0.4 * (1 + Math.cos((2 * Math.PI) / 400));
    expect(at('cosine-epoch', 10, 4000, 10, 10)).toBeCloseTo(second / 10 + 0.009);
    expect(at('cosine-epoch', 0, 100, 10, 10)).toBeCloseTo(0.01);
    expect(at('cosine-epoch', 10, 100, 10, 10)).toBeCloseTo(0.4 * (1 + Math.cos((2 * Math.PI) / 10)));
  });

  test('steps falls to a tenth after 1/2 and again after 3/4', () => {
    expect([0, 49, 50, 74, 75].map((step) => at('steps', step, 100))).toEqual(
      [0.8, 0.8, 0.08, 0.08, 0.008].map((rate) => expect.closeTo(rate)),
    );
  });
});
