import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { repository } from '../node-script.ts';
import { fixtures } from '../test/places.ts';
import { mutants } from './mutants.ts';
import { mutatedText } from './source-copy.ts';

test.each(mutants)('$name finds its text and its golden files', (mutant) => {
  const text = readFileSync(join(repository, 'src', mutant.file), 'utf8');
  expect(expectOk(mutatedText(text, mutant))).not.toBe(text);
  for (const golden of mutant.goldens) expect(existsSync(join(fixtures, `${golden}.safetensors`)), golden).toBe(true);
});

test('a text that is not there as often as stated is refused', () => {
  const mutant = { name: 'x', file: 'a.ts', from: 'b', to: 'c', times: 1, goldens: [] };
  for (const [text, times] of [
    ['aaa', 0],
    ['abab', 2],
  ] as const) {
    const mutated = mutatedText(text, mutant);
    expect(mutated.ok ? '' : mutated.error.message).toContain(`holds "b" ${times} times, not 1`);
  }
});
