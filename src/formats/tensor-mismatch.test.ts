import { expect, test } from 'vitest';
import { problemOfMismatch } from './tensor-mismatch.ts';

const say = (mismatch: Partial<Parameters<typeof problemOfMismatch>[1]>) =>
  problemOfMismatch('a does not fit', { missing: [], unexpected: [], unlike: [], ...mismatch }, 'Take another.', 'a');

test('what fits is no problem', () => {
  expect(say({})).toBeUndefined();
});

test('one mismatch is a sentence, with nothing to list', () => {
  expect(say({ missing: ['fc.weight'] })).toEqual({
    message: 'a does not fit: it lacks the tensor "fc.weight". Take another.',
    where: 'a',
    details: [],
  });
  expect(say({ unlike: [['fc.bias', 'has shape [9], but this experiment needs [10]']] })?.message).toBe(
    'a does not fit: the tensor "fc.bias" has shape [9], but this experiment needs [10]. Take another.',
  );
});

test('hundreds are said in few words by kind, and listed in full', () => {
  const names = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const problem = say({
    missing: [...names(120, 'layer'), ...names(90, 'optimiser.')],
    unexpected: ['x'.repeat(10_000), ...names(20, 'other')],
    unlike: names(7, 'bn').map((name) => [name, 'is not of type F32']),
  });
  expect(problem?.message.length).toBeLessThan(400);
  expect(problem?.message).toMatch(
    /it lacks the tensor "layer0" \(and 119 more\); it lacks 90 tensors of the optimiser's state; the tensor "bn0" is not of type F32 \(and 6 more\); "x+… is no tensor of this network \(and 20 more\)\. Take/,
  );
  expect(problem?.details?.map(({ summary, items }) => [summary, items.length])).toEqual([
    ['It lacks 120 tensors', 120],
    ['7 tensors of another shape or type', 7],
    ['21 tensors that this network has not', 21],
  ]);
});
