import { expect, it } from 'vitest';
import { recordOf } from '../compare/test-support.ts';
import { runsOfLesson } from './lesson-runs.ts';
import { lessons } from './lessons.ts';

it('finds the newest run of each step, after a new visit too, and no other run of the same experiment', () => {
  const name = 'from-bp-to-hpff';
  const [first, second] = lessons[name].steps;
  if (first === undefined || second === undefined) throw new Error('the lesson has no steps');
  const older = recordOf('1', first.experiment, { group: name });
  const newer = recordOf('2', structuredClone(first.experiment), { group: name, name: 'renamed' });
  const of = recordOf('3', second.experiment, { group: name });
  const elsewhere = recordOf('4', second.experiment);
  const found = runsOfLesson(name, [elsewhere, of, newer, older]);
  expect([...found]).toEqual([
    [first.name, newer],
    [second.name, of],
  ]);
});
