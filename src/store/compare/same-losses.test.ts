import { expect, test } from 'vitest';
import { History } from '../../runs/history.ts';
import { sameLosses } from './same-losses.ts';

const historyOf = (...losses: readonly (readonly [step: number, loss: number])[]) => {
  const history = new History();
  history.add(
    losses.map(([step, loss]) => ({
      phase: 'train' as const,
      step,
      epoch: 0,
      seconds: step,
      learningRate: 0.1,
      imagesPerSecond: 1,
      final: { loss, accuracy: 0 },
      modules: [],
    })),
  );
  return history;
};

test('counts the steps that both measured, up to the first whose losses differ in a bit', () => {
  const one = historyOf([1, 2.5], [2, 2.25], [3, 2]);
  expect(sameLosses(one, historyOf([1, 2.5], [2, 2.25]))).toEqual({ compared: 2, differsAt: undefined });
  expect(sameLosses(one, historyOf([2, 2.25], [3, 2 + Number.EPSILON * 2]))).toEqual({ compared: 1, differsAt: 3 });
  expect(sameLosses(one, new History())).toEqual({ compared: 0, differsAt: undefined });
});
