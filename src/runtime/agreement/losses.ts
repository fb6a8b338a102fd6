import fc from 'fast-check';
import { test } from 'vitest';
import type { Executor } from '../executor.ts';
import { expectAgreement } from './agreement.ts';
import { caseOf } from './cases.ts';

/** Declares the tests. @param runs random shapes for each */
export function testLosses(open: () => Promise<Executor>, runs: number): void {
  test('softmax cross-entropy agrees with the interpreter, also with padding rows and far logits', async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      classes: fc.integer({ min: 3, max: 12 }),
      spread: fc.constantFrom(1, 40),
      padding: fc.boolean(),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(cases, async ({ rows, classes, spread, padding, seed }) => {
      const given = caseOf(
        seed,
        ({ value, push }) => {
          const logits = value('logits', [rows, classes], 'state');
          const labels = value('labels', [rows], 'input');
          const outputs = {
            metric: value('metric', [2], 'metric'),
            dlogits: value('dlogits', [rows, classes], 'metric'),
          };
          push({ kind: 'softmaxCrossEntropy', inputs: { logits, labels }, outputs, attributes: { weight: 'w' } });
        },
        { w: 0.7 },
      );
      const logits = given.contents.get('logits') as Float32Array;
      logits.set(logits.map((value) => value * spread));
      if (padding) given.batch.labels[rows - 1] = -1;
      await expectAgreement(open(), given);
    });
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });

  test('binary cross-entropy agrees, whole and in patches, also where the sigmoid is flat', async () => {
    const cases = fc.record({
      batch: fc.integer({ min: 1, max: 3 }),
      size: fc.integer({ min: 4, max: 9 }),
      grid: fc.constantFrom(1, 2),
      spread: fc.constantFrom(1, 30),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(cases, async ({ batch, size, grid, spread, seed }) => {
      const groups = grid * grid;
      const patch = Math.floor(size / grid);
      const given = caseOf(
        seed,
        ({ value, push }) => {
          const image = value('image', [batch, size, size, 3], 'state');
          const logits = value('logits', [groups * batch, patch, patch, 3], 'state');
          const dlogits = value('dlogits', [groups * batch, patch, patch, 3], 'metric');
          push({
            kind: 'binaryCrossEntropy',
            inputs: { logits, image },
            outputs: { metric: value('metric', [1], 'metric'), dlogits },
            attributes: {
              weight: 'w',
              scale: 0.25,
              grid,
              first: 0,
              groups,
              mean: [0.5, 0.4, 0.3],
              std: [0.1, 0.2, 0.25],
            },
          });
        },
        { w: 5 },
      );
      const logits = given.contents.get('logits') as Float32Array;
      logits.set(logits.map((value) => value * spread));
      await expectAgreement(open(), given);
    });
    await fc.assert(property, { numRuns: runs, seed: 2 });
  });

  test('normalised features and their contrast agree, also without any pair', async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 12 }),
      width: fc.integer({ min: 2, max: 16 }),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(cases, ({ rows, width, seed }) =>
      expectAgreement(
        open(),
        caseOf(
          seed,
          ({ value, push }) => {
            const x = value('x', [rows, width], 'state');
            const features = value('features', [rows, width], 'metric');
            push({ kind: 'l2Normalise', inputs: { x }, outputs: { y: features }, attributes: {} });
            const labels = value('labels', [rows], 'input');
            const dfeatures = value('dfeatures', [rows, width], 'metric');
            push({
              kind: 'contrast',
              inputs: { features, labels },
              outputs: { metric: value('metric', [1], 'metric'), dfeatures },
              attributes: { weight: 'w', temperature: 0.07 },
            });
            const dy = value('dy', [rows, width], 'state');
            const dx = value('dx', [rows, width], 'metric');
            push({ kind: 'l2NormaliseGradient', inputs: { x, dy }, outputs: { dx }, attributes: {} });
          },
          { w: 0.6 },
        ),
        // Where a pair is alone in its class, both its loss and its gradient are rests of numbers near 14.
        5e-6,
        1,
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 3 });
  });

  test('a row of zeros is left as it is by the normalisation', async () => {
    const given = caseOf(4, ({ value, push }) => {
      const x = value('x', [2, 3], 'state');
      push({ kind: 'l2Normalise', inputs: { x }, outputs: { y: value('y', [2, 3], 'metric') }, attributes: {} });
      const dx = value('dx', [2, 3], 'metric');
      push({
        kind: 'l2NormaliseGradient',
        inputs: { x, dy: value('dy', [2, 3], 'state') },
        outputs: { dx },
        attributes: {},
      });
    });
    given.contents.get('x')?.fill(0, 0, 3);
    await expectAgreement(open(), given);
  });
}
