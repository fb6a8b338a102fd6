import { expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { patchNotes } from './patch-notes.ts';

const notes = (change: Partial<typeof startingExperiment>) =>
  patchNotes({ ...startingExperiment, bn: 'once', ...change }).join(' ');

it('says when patches change nothing', () => {
  expect(notes({})).toBe('');
  expect(notes({ method: 'dgl' })).toContain('does nothing here');
  expect(notes({ method: 'dgl', pff: 'paper', aux: '0c1f' })).toContain('exactly the plain head');
  expect(notes({ method: 'greedy', pff: 'paper', aux: '1c2f' })).toContain('exactly the plain head');
  expect(notes({ pff: 'paper', aux: '1c2f' })).toBe('');
  expect(notes({ pff: 'paper', aux: '0c1f', patches: 3 })).toContain('does not divide');
});
