import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { experimentHash, experimentOfHash } from './share-link.ts';

describe('share link', () => {
  it('gives back what went in', () => {
    const experiment = {
      ...startingExperiment,
      cuts: [
        [0, 0],
        [3, 0],
      ] as const,
      learningRate: 0.123,
    };
    expect(experimentOfHash(experimentHash(experiment))).toEqual({ ok: true, value: experiment });
  });

  it('is silent about other hashes', () => {
    expect(experimentOfHash('')).toBeUndefined();
    expect(experimentOfHash('#charts')).toBeUndefined();
  });

  it('takes links from before links had a version, and refuses a newer and an impossible one in words', () => {
    const link = experimentHash(startingExperiment);
    const old = link.replace(/&version=.*/, '');
    expect(old).not.toBe(link);
    expect(experimentOfHash(old)).toEqual({ ok: true, value: startingExperiment });
    const newer = experimentOfHash(`${old}&version=2`);
    expect(newer?.ok === false && newer.error.message).toContain('newer version');
    const garbage = experimentOfHash(`${old}&version=x`);
    expect(garbage?.ok === false && garbage.error.message).toContain('does not exist ("x")');
  });

  it.each(['%', 'hello', '{}', '[1]', encodeURIComponent(JSON.stringify({ ...startingExperiment, batch: 0 }))])(
    'refuses %s in words',
    (text) => {
      const result = experimentOfHash(`#experiment=${text}`);
      expect(result).toMatchObject({ ok: false, error: { where: 'link' } });
    },
  );
});
