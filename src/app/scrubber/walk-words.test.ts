import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { walkStep } from '../../methods/step-walk.ts';
import { directionOf, outline, reachedOver, sentenceOf, sum } from './walk-words.ts';

const walkOf = (name: string) => {
  const preset = presetExperiment(name);
  if (!preset.ok) throw new Error(preset.error.message);
  return walkStep(configurationOf({ ...preset.value, batch: 4 }));
};

describe('words of a walk', () => {
  it('tell the story of HPFF in order', () => {
    const walk = walkOf('hpff-released/resnet8-k3');
    const told = walk.groups.map((group) => sentenceOf(group, walk.modules));
    expect(told[0]).toContain('The batch');
    expect(told[1]).toBe(
      'Features go forward through module 0 to the border with module 1. What its way back needs is kept.',
    );
    expect(told).toContain(
      'The gradient is pulled through the inputs of module 1, back over the border to module 0. Its parameters wait.',
    );
    expect(told).toContain('The cascade auxiliary network of module 1 goes forward to its loss.');
    expect(told.at(-1)).toBe('Parameters of module 2 are updated.');
  });

  it('know the border that is crossed, and the way', () => {
    const walk = walkOf('bp/resnet8-k3');
    expect(walk.groups.map(reachedOver).filter((module) => module !== undefined)).toEqual([1, 0]);
    expect(new Set(walk.groups.map(directionOf))).toEqual(new Set(['still', 'forward', 'back']));
  });

  it('draw an outline within its box', () => {
    const points = outline(walkOf('quick'))
      .split(' ')
      .map((point) => point.split(',').map(Number));
    expect(points.every(([x = -1, y = -1]) => x >= 0 && x <= 1000 && y >= 0 && y <= 100)).toBe(true);
    expect(Math.min(...points.map(([, y = 100]) => y))).toBe(0);
    expect(sum([1, 2])).toBe(3);
  });
});
