import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inShort } from './in-short.ts';

test('a short value is its JSON', () => {
  for (const value of ['a"b', 1, null, true, [], {}, [1, 'a', [2, {}]], { a: 1, b: [null] }])
    expect(inShort(value)).toBe(JSON.stringify(value));
});

test('any other is cut, however long or deep', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => inShort(value).length <= 100),
    { seed: 1, numRuns: 200 },
  );
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  for (const value of [deep, 'x'.repeat(1e6), { ['k'.repeat(1e6)]: deep }, Array.from({ length: 1e6 }, () => 1)])
    expect(inShort(value)).toMatch(/^.{99}…$/);
});
