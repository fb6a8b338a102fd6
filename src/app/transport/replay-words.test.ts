import { expect, test } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import type { Replay } from '../../runs/replay.ts';
import type { SameLosses } from '../../store/compare/same-losses.ts';
import { replayInWords, toComeInWords } from './replay-words.ts';

const changes = [
  { step: 3, change: { learningRate: 0.5 } },
  { step: 7, change: { learningRate: 0.25, momentum: 0.1 } },
];
const provenance = { appVersion: '', commit: '', executor: '', device: '', kernels: '', dataChecksum: '' };
const replay: Replay = { of: 'a', name: 'ada', steps: 9, totalSteps: undefined, provenance, changes, made: 1, own: [] };

test('says how far a replay has come, whether it is the same run so far, and what each change to come will do', () => {
  const words = (of: Replay, same?: SameLosses) => replayInWords(of, 'ada', same);
  expect(words(replay)).toBe('Replay of ada: 1 of 2 changes made, the next at step 7.');
  expect(words({ ...replay, made: 2 })).toBe('Replay of ada: 2 of 2 changes made.');
  expect(words({ ...replay, changes: [], made: 0 })).toBe('Replay of ada: it was never changed.');
  expect(words(replay, { compared: 0, differsAt: undefined })).toBe(words(replay));
  expect(words(replay, { compared: 4, differsAt: undefined })).toMatch(/bit for bit the same at all 4 steps/);
  expect(words(replay, { compared: 4, differsAt: 5 })).toContain('losses differ from step 5 on');
  const toCome = toComeInWords({ ...startingExperiment, learningRate: 0.1, momentum: 0.9 }, changes);
  expect(toCome).toEqual([
    { step: 3, words: 'Learning rate 0.1 to 0.5' },
    { step: 7, words: 'Learning rate 0.5 to 0.25; Momentum 0.9 to 0.1' },
  ]);
  expect(toComeInWords(startingExperiment, [{ step: 2, change: {} }])[0]?.words).toMatch(/^nothing/);
});
