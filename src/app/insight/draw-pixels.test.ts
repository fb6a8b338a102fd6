import { describe, expect, it } from 'vitest';
import { middleSquare, rgb, rgba, shades } from './draw-pixels.ts';
import { answerOf, exitName } from './exit-words.ts';

describe('pixels', () => {
  it('go to RGBA and back', () => {
    const bytes = Uint8Array.from([9, 9, 9, 1, 2, 3, 4, 5, 6]);
    expect([...rgb(rgba(bytes, 3, 2))]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...rgb(Uint8ClampedArray.from([10, 20, 30, 0]))]).toEqual([255, 255, 255]);
  });

  it('shade a map from its least to its most', () => {
    expect([...shades(Float32Array.from([-1, 0, 1]))]).toEqual([0, 128, 255]);
    expect([...shades(Float32Array.from([3, 3]))]).toEqual([0, 0]);
  });

  it('are cut from the middle', () => {
    expect(middleSquare(640, 480)).toEqual({ x: 80, y: 0, side: 480 });
  });
});

describe('exits', () => {
  it('answer with their surest class', () => {
    const probabilities = Float32Array.from([0.1, 0.9, 0.7, 0.3]);
    expect(answerOf(probabilities, 1, 2)).toMatchObject({ index: 0 });
    expect(answerOf(probabilities, 0, 2)).toMatchObject({ index: 1 });
    expect(exitName('probe')).toBe('probe');
    expect(exitName('local')).toBe('classifier');
  });
});
