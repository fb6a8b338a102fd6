import { describe, expect, it } from 'vitest';
import type { Progress } from '../../worker/protocol.ts';
import { epochInWords, fewerEpochs, fewerImages, paces, titleOf } from './run-words.ts';

const progress: Progress = {
  status: 'paused',
  step: 0,
  totalSteps: 500,
  stepsPerEpoch: 100,
  keptStep: undefined,
  secondsPerStep: 0.5,
  secondsPerEpoch: 60,
  secondsLeft: undefined,
  heldBytes: 0,
  peakBytes: 0,
  device: undefined,
};

describe('position', () => {
  it('counts epochs from 1 and stops at the last', () => {
    expect(epochInWords(progress)).toBe('epoch 1 of 5');
    expect(epochInWords({ ...progress, step: 100 })).toBe('epoch 2 of 5');
    expect(epochInWords({ ...progress, step: 500 })).toBe('epoch 5 of 5');
  });

  it('marks estimates, and has a dash for what is not known', () => {
    expect(paces(progress).map((pace) => pace.value)).toEqual(['≈ 500\u00a0ms', '≈ 1\u00a0min 00\u00a0s', '\u2013']);
    expect(paces({ ...progress, step: 3 })[0]?.value).toBe('500\u00a0ms');
    expect(paces(undefined)[0]?.value).toBe('\u2013');
  });

  it('tells the tab where the run stands', () => {
    expect(titleOf('running', { ...progress, step: 170 })).toBe('▶ running 34\u00a0% · HPFF Playground');
    expect(titleOf('preparing', undefined)).toBe('… preparing · HPFF Playground');
  });

  it('finds images for half an hour, and no fewer than teach something', () => {
    expect(fewerImages(50_000, 10 * 3600)).toBe(2500);
    expect(fewerImages(50_000, 3 * 86_400)).toBeUndefined();
  });

  it('finds epochs for half an hour', () => {
    expect(fewerEpochs({ epochs: 400 }, 60)).toBe(30);
    expect(fewerEpochs({ epochs: 20 }, 60)).toBeUndefined();
    expect(fewerEpochs({ epochs: 400 }, 3000)).toBeUndefined();
  });
});
