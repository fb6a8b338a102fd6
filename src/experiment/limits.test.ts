import { expect, test } from 'vitest';
import { budgetOf, noLimits, parseLimits, problemOfLocks } from './limits.ts';
import { startingExperiment } from './presets.ts';

const settings: { memoryBudget?: number } = {};
const teacher = (memoryBudget: number) => ({ ...noLimits, memoryBudget });

test('the smaller budget counts, and says whose it is', () => {
  expect(budgetOf(settings, noLimits)).toBeUndefined();
  expect(budgetOf({ ...settings, memoryBudget: 3 }, noLimits)).toEqual({ bytes: 3e6, setBy: 'user' });
  expect(budgetOf(settings, teacher(2e6))).toEqual({ bytes: 2e6, setBy: 'teacher' });
  expect(budgetOf({ ...settings, memoryBudget: 3 }, teacher(2e6))).toEqual({ bytes: 2e6, setBy: 'teacher' });
  expect(budgetOf({ ...settings, memoryBudget: 1 }, teacher(2e6))).toEqual({ bytes: 1e6, setBy: 'user' });
});

test('an experiment that differs in a locked field is refused by its name', () => {
  const { cuts, batch } = startingExperiment;
  const limits = { ...noLimits, locked: { cuts, batch } };
  expect(problemOfLocks(limits, { ...startingExperiment, learningRate: 0.2 })).toBeUndefined();
  expect(problemOfLocks(limits, { ...startingExperiment, batch: batch * 2 })).toMatchObject({ where: 'batch' });
  const { message } = problemOfLocks(limits, { ...startingExperiment, cuts: 'all' }) ?? {};
  expect(message).toMatch(/^Cuts is locked by the teacher's link/);
});

test('limits are checked where they cross a border', () => {
  expect(parseLimits({ locked: { batch: 8 }, memoryBudget: 5 })).toEqual({ locked: { batch: 8 }, memoryBudget: 5 });
  expect(parseLimits(noLimits)).toEqual(noLimits);
  expect(parseLimits({ locked: { batch: -8 } })).toBeUndefined();
  expect(parseLimits({ locked: { colour: 1 } })).toBeUndefined();
  expect(parseLimits(undefined)).toBeUndefined();
});
