import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileJson, readCalmly } from '../base/hostile.fakes.ts';
import { fieldNames } from '../experiment/fields.ts';
import { parseLimits } from '../experiment/limits.ts';
import { startingExperiment } from '../experiment/presets.ts';
import { experimentHash, experimentOfHash } from './share-link.ts';
import { limitsOf, type Teaching, teachingHash, teachingOfHash } from './teaching.ts';

const teaching: Teaching = { lesson: undefined, step: 2, locks: ['batch', 'network'], memoryBudget: 1e8 };
const runs = { seed: 1, numRuns: 400 };

/** A link's part, encoded as a browser does or as it came. */
const encoded = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    text.map((part) => encodeURIComponent(part)),
    text,
  );

test('the experiment of any link is one, or is refused in few words', () => {
  fc.assert(
    fc.property(encoded(hostileJson({ ...startingExperiment })), (text) => {
      const read = readCalmly(() => experimentOfHash(`#experiment=${text}`) ?? { ok: false, error: { message: '' } });
      if (read.ok) expect(Object.keys(read.value).sort()).toEqual([...fieldNames].sort());
      else expect(read.error.where).toBe('link');
    }),
    runs,
  );
});

test("the teacher's part of any link sets what there is to set, or is refused in few words", () => {
  fc.assert(
    fc.property(encoded(hostileJson({ version: 1, ...teaching })), (text) => {
      const hash = `${experimentHash(startingExperiment)}&class=${text}`;
      const read = readCalmly(() => teachingOfHash(hash) ?? { ok: false, error: { message: '' } });
      if (!read.ok) return;
      const limits = limitsOf(read.value, startingExperiment);
      expect(parseLimits(JSON.parse(JSON.stringify(limits)))).toEqual(limits);
      expect(teachingOfHash(teachingHash(startingExperiment, read.value))).toEqual(read);
    }),
    runs,
  );
});

test('limits out of anything are limits or none', () => {
  const limits = { ...limitsOf(teaching, startingExperiment) };
  fc.assert(
    fc.property(hostileJson(limits), (text) => {
      let data: unknown;
      try {
        data = JSON.parse(text);
      } catch {
        return;
      }
      const read = parseLimits(data);
      if (read !== undefined) expect(Object.keys(read.locked).every((name) => name in startingExperiment)).toBe(true);
    }),
    runs,
  );
});

test('any hash at all is read without a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webFragments(), fc.constantFrom('&'.repeat(1e5), '%'.repeat(1e5))), (text) => {
      experimentOfHash(text);
      experimentOfHash(`#experiment=${text}`);
      teachingOfHash(`#class=${text}`);
    }),
    runs,
  );
});
