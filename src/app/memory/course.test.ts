import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startingExperiment } from '../../experiment/presets.ts';
import { configurationOf } from '../../methods/configuration.ts';
import { preview } from '../../methods/preview.ts';
import { highestOf, nodeInWords, sawtooth, stretchesOf } from './course.ts';

const { course, bpCourse } = preview(configurationOf(startingExperiment), startingExperiment);

describe('the course of a step, drawn', () => {
  it('keeps the highest node whatever the number of points', () => {
    for (const limit of [100, 200, 500]) {
      const points = sawtooth(course, { low: 0, high: course.bytes.length - 1, log: false }, limit);
      expect(points.length).toBeLessThanOrEqual(limit);
      expect(Math.max(...points.map(({ y }) => y))).toBe(highestOf(course).bytes);
    }
  });

  it('says what happens at a node', () => {
    expect(nodeInWords(course, 0)).toBe('forward, augmentNormalise, input');
    const words = Array.from(bpCourse.bytes, (_, node) => nodeInWords(bpCourse, node));
    expect(words).toContainEqual(expect.stringMatching(/^update of module 0, sgdUpdate, /));
    // Last of all, what the step's guard found is handed out.
    expect(words.at(-1)).toBe('update, copy, input');
  });
});

describe('stretches', () => {
  it('cover every node once, in order, and are no shorter than asked but for the last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        (column, least) => {
          const found = stretchesOf(column, least);
          let next = 0;
          found.forEach(({ from, to, value }, index) => {
            expect(from).toBe(next);
            expect(value).toBe(column[from]);
            if (index < found.length - 1) expect(to - from).toBeGreaterThanOrEqual(least);
            next = to;
          });
          expect(next).toBe(column.length);
        },
      ),
    );
  });
});
