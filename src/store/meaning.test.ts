import { describe, expect, it } from 'vitest';
import { fieldNames } from '../experiment/fields.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { meaningless } from './meaning.ts';

const silent = (change: Partial<typeof startingExperiment>) =>
  fieldNames.filter((name) => meaningless({ ...startingExperiment, ...change }, name) !== undefined);

describe('meaningless', () => {
  it('leaves all that HPFF uses', () => {
    expect(silent({})).toEqual(['warmup']);
  });

  it('silences every local field under back-propagation', () => {
    const fields = silent({ method: 'bp' });
    for (const name of ['hilo', 'window', 'wx', 'aux', 'patches', 'ixx', 'localLoss', 'bn'])
      expect(fields).toContain(name);
    for (const name of ['batch', 'learningRate', 'cuts', 'network']) expect(fields).not.toContain(name);
  });

  it('silences the weights of HiLo without it, and heads under greedy', () => {
    const fields = silent({ method: 'greedy', hilo: false, window: 1, bn: 'once' });
    for (const name of ['wx', 'wy', 'aux', 'ixx', 'bn']) expect(fields).toContain(name);
    expect(fields).not.toContain('window');
  });

  it('knows that K = 2 under HiLo has no auxiliary network', () => {
    expect(silent({ cuts: 'k2' })).toContain('aux');
    expect(silent({ cuts: 'k2', firstIndependent: true, bn: 'once' })).not.toContain('aux');
  });

  it('knows that released patches are for decoders', () => {
    expect(meaningless({ ...startingExperiment, method: 'dgl' }, 'patches')).toContain('no decoder');
    expect(meaningless({ ...startingExperiment, pff: 'none' }, 'patches')).toContain('Without PFF');
  });
});
