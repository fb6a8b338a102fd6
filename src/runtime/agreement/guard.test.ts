import { expect, test } from 'vitest';
import { createInterpreter } from '../interpreter/interpreter.ts';
import { outcome } from './agreement.ts';
import { guarded } from './sgd.ts';

/** The judge of the others, by itself: a fault that all executors share would agree. */

test('the interpreter writes nothing where the guard is set', async () => {
  const given = guarded(0);
  given.contents.get('guard')?.fill(7);
  const after = await outcome(createInterpreter(), given);
  for (const [label, data] of given.contents) expect(after.get(label)?.join(), label).toBe(data.join());
});

test('the interpreter sets the guard to the module that diverged, and stops later updates', async () => {
  const given = guarded(Number.NaN);
  const after = await outcome(createInterpreter(), given);
  expect(after.get('guard')?.[0]).toBe(3);
  for (const [label, data] of given.contents)
    if (/^(first [pv]|second)/.test(label)) expect(after.get(label)?.join(), label).toBe(data.join());
});
