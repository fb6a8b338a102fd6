import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileJson, readCalmly } from '../base/hostile.fakes.ts';
import { expectOk } from '../base/result.ts';
import { fieldNames } from './fields.ts';
import { parseExperimentText } from './parse-text.ts';
import { startingExperiment } from './presets.ts';

test('any text is an experiment with its own fields alone, or is refused in few words', () => {
  fc.assert(
    fc.property(hostileJson({ ...startingExperiment }), (text) => {
      const read = readCalmly(() => parseExperimentText(text, 'experiment.json'));
      if (read.ok) {
        expect(Object.keys(read.value).sort()).toEqual([...fieldNames].sort());
        expect(parseExperimentText(JSON.stringify(read.value), 'a')).toEqual(read);
      } else expect(read.error.message).toMatch(/^experiment\.json/);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('fields that every object has are not those of an experiment', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const text = JSON.stringify(startingExperiment).replace(/}$/, `,"${name}":{}}`);
    expect(parseExperimentText(text, 'a')).toMatchObject({
      error: { message: expect.stringContaining(`no field "${name}"`) },
    });
  }
  expect(expectOk(parseExperimentText(JSON.stringify(startingExperiment), 'a'))).toEqual(startingExperiment);
});
