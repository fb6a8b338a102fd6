import { expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { edit } from '../edit.ts';
import { pairsWithBp, verdictOfPair } from './beside-bp.ts';
import { recordOf } from './test-support.ts';

const bpOf = (change = {}) => {
  const edited = edit(startingExperiment, { method: 'bp', ...change });
  if (!edited.ok) throw new Error(edited.error.message);
  return edited.value.experiment;
};

it('knows the same under back-propagation, wherever its probes stand', () => {
  const local = recordOf('1');
  const paired = (change: Parameters<typeof recordOf>[1]) => pairsWithBp([local], [recordOf('2', change)]).length === 1;
  expect(paired(bpOf())).toBe(true);
  expect(paired(bpOf({ cuts: 'k1', probes: false }))).toBe(true);
  expect(paired(bpOf({ learningRate: 0.1 }))).toBe(false);
  expect(paired(bpOf({ seed: 2 }))).toBe(false);
  expect(paired({})).toBe(false);
});

it('pairs what is shown with the newest such run, changes of the live run counted', () => {
  const older = recordOf('1', bpOf());
  const newer = recordOf('2', bpOf());
  const local = recordOf('3');
  const changed = recordOf('4', {}, { changes: [{ step: 3, change: { learningRate: 1 } }] });
  const all = [changed, local, newer, older];
  expect(pairsWithBp([local, changed, newer], all)).toEqual([{ local, bp: newer }]);
});

it('says what is saved and what is not', () => {
  const bp = recordOf('1', bpOf(), { summary: { plannedBytes: 100, multiplyAdds: 100 } });
  const local = (plannedBytes: number, multiplyAdds: number) =>
    verdictOfPair({ local: recordOf('2', {}, { summary: { plannedBytes, multiplyAdds } }), bp });
  expect(local(60, 210)).toBe(
    'A step holds 40\u00a0% less memory than back-propagation. It needs more arithmetic, 2.10 times as much: every module trains auxiliary networks of its own.',
  );
  expect(local(120, 150)).toMatch(/20\u00a0% more memory.*nothing is saved.*also more arithmetic/);
  expect(local(100, 100)).toBe('A step needs as much memory as back-propagation: nothing is saved with these cuts.');
  expect(local(50, 90)).toContain('10\u00a0% less arithmetic');
});
