import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

const bounds = { length: 1_000_000 };

test('what JSON.parse reads is read, as text and as bytes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(text, bounds)).toEqual({ ok: true, value: JSON.parse(text) });
      expect(parseJson(new TextEncoder().encode(text), bounds)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('brackets in strings are no levels, and a list beside another is no deeper', () => {
  const brackets = JSON.stringify({ a: '["{'.repeat(1000), '\\': '\\"[[' });
  expect(parseJson(brackets, bounds).ok).toBe(true);
  expect(parseJson(`[${'[],'.repeat(1000)}[]]`, bounds).ok).toBe(true);
  expect(parseJson(`${'['.repeat(100)}${']'.repeat(100)}`, bounds).ok).toBe(true);
});

test.each([
  ['lists 101 deep', `${'['.repeat(101)}${']'.repeat(101)}`, 'levels deep'],
  ['lists 400,000 deep', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, 'levels deep'],
  ['more than its bounds', `"${'a'.repeat(1_000_000)}"`, 'larger than the 1.0 MB'],
  ['half a string', '"\\', 'is not JSON'],
  ['nothing', '', 'is not JSON'],
  ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'is not JSON'],
])('%s is refused in words', (_, input, words) => {
  expect(parseJson(input, bounds)).toEqual({ ok: false, error: { message: expect.stringContaining(words) } });
});
