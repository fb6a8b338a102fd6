import { expect, test } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { changeTo, keptInWords, lowerRate } from './fault-words.ts';

test('says what is kept, and what becomes of the steps after it', () => {
  expect(keptInWords(0, undefined, 'device-lost')).toMatch(/Nothing was trained/);
  expect(keptInWords(3, undefined, 'device-lost')).toMatch(/begins again at its first step/);
  expect(keptInWords(1200, 1200, 'worker-lost')).toMatch(/step 1,200\. Nothing is lost/);
  expect(keptInWords(43, 40, 'device-lost')).toMatch(/step 40\. The 3 steps after it will be done again/);
  expect(keptInWords(41, 40, 'diverged')).toMatch(/What came after it led astray/);
});

test('suggests a tenth of the rate that diverged, or of the one before where that was lower', () => {
  const experiment = { ...startingExperiment, learningRate: 0.5 };
  expect(lowerRate({ experiment, changes: [] }, 40)).toBe(0.05);
  const raised = [{ step: 41, change: { learningRate: 10 } }];
  expect(lowerRate({ experiment, changes: raised }, 40)).toBe(0.05);
  const lowered = [{ step: 30, change: { learningRate: 0.02 } }];
  expect(lowerRate({ experiment, changes: lowered }, 40)).toBe(0.002);
  expect(lowerRate({ experiment: { ...experiment, learningRate: 0 }, changes: [] }, 40)).toBeUndefined();
});

test('of an offered experiment only what differs is changed', () => {
  expect(changeTo(startingExperiment, { ...startingExperiment, batch: 8 })).toEqual({ batch: 8 });
  expect(changeTo(startingExperiment, { ...startingExperiment })).toEqual({});
});
