import { expect, test } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import type { Replay } from '../../runs/replay.ts';
import { replayInWords, sameInWords, toComeInWords } from './replay-words.ts';

const changes = [
  { step: 3, change: { learningRate: 0.5 } },
  { step: 7, change: { learningRate: 0.25, momentum: 0.1 } },
];
const provenance = { appVersion: '', commit: '', executor: '', device: '', kernels: '', dataChecksum: '' };
const replay: Replay = { of: 'a', name: 'ada', steps: 9, totalSteps: undefined, provenance, changes, made: 1, own: [] };

test('says how far a replay has come, and what each change to come will do', () => {
  expect(replayInWords(replay, 'ada')).toBe(
    'A replay of ada: 1 of 2 changes made, the next at step 7. That run came to step 9.',
  );
  expect(replayInWords({ ...replay, made: 2 }, 'ada')).toContain('no change is to come (2 of 2 changes made)');
  expect(replayInWords({ ...replay, changes: [], made: 0 }, 'ada')).toContain('never changed');
  const words = toComeInWords({ ...startingExperiment, learningRate: 0.1, momentum: 0.9 }, changes);
  expect(words).toEqual([
    { step: 3, words: 'Learning rate 0.1 to 0.5' },
    { step: 7, words: 'Learning rate 0.5 to 0.25; Momentum 0.9 to 0.1' },
  ]);
  expect(toComeInWords(startingExperiment, [{ step: 2, change: {} }])[0]?.words).toMatch(/^nothing/);
});

test('says whether the losses are those of the run that is repeated', () => {
  expect(sameInWords(undefined, 'ada')).toBe('');
  expect(sameInWords({ compared: 0, differsAt: undefined }, 'ada')).toBe('');
  expect(sameInWords({ compared: 4, differsAt: undefined }, 'ada')).toContain('bit for bit, at all 4 steps');
  expect(sameInWords({ compared: 4, differsAt: 5 }, 'ada')).toContain('From step 5 on');
});
