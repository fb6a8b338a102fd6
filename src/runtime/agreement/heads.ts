import fc from 'fast-check';
import { test } from 'vitest';
import type { Executor } from '../executor.ts';
import { expectAgreement } from './agreement.ts';
import { caseOf } from './cases.ts';

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  inputs: fc.integer({ min: 1, max: 20 }),
  outputs: fc.integer({ min: 1, max: 12 }),
  masked: fc.boolean(),
  accumulate: fc.boolean(),
  groups: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(),
});

/** Declares the tests. @param runs random shapes for each */
export function testHeads(open: () => Promise<Executor>, runs: number): void {
  test('linear and its gradients agree with the interpreter', async () => {
    const property = fc.asyncProperty(sizes, ({ rows, inputs, outputs, masked, accumulate, seed }) =>
      expectAgreement(
        open(),
        caseOf(seed, ({ value, push }) => {
          const x = value('x', [rows, inputs], 'state');
          const weight = value('weight', [inputs, outputs], 'state');
          const bias = value('bias', [outputs], 'state');
          const y = value('y', [rows, outputs], 'metric');
          push({ kind: 'linear', inputs: { x, weight, bias }, outputs: { y }, attributes: { relu: masked } });
          const dy = value('dy', [rows, outputs], 'state');
          const mask = masked ? y : undefined;
          const dx = value('dx', [rows, inputs], 'metric');
          push({ kind: 'linearInputGradient', inputs: { dy, weight, mask }, outputs: { dx }, attributes: {} });
          const dweight = value('dweight', [inputs, outputs], 'state');
          const dbias = value('dbias', [outputs], 'state');
          const parameters = { dweight, dbias };
          push({
            kind: 'linearParameterGradient',
            inputs: { x, dy, mask },
            outputs: parameters,
            attributes: { accumulate },
          });
        }),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 1 });
  });

  test('pooling and its gradient agree, whole and in patches', async () => {
    const maps = fc.record({
      batch: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 2, max: 9 }),
      width: fc.integer({ min: 2, max: 9 }),
      grid: fc.constantFrom(0, 1, 2),
      part: fc.boolean(),
      accumulate: fc.boolean(),
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(maps, ({ batch, height, width, grid, part, accumulate, seed }) => {
      const count = part ? 1 : grid * grid;
      const patch = { height: Math.floor(height / grid), width: Math.floor(width / grid) };
      const sample = grid === 0 ? undefined : { grid, first: part ? grid * grid - 1 : 0, count, ...patch };
      const rows = batch * (sample?.count ?? 1);
      return expectAgreement(
        open(),
        caseOf(seed, ({ value, push }) => {
          const x = value('x', [batch, height, width, 5], 'state');
          push({
            kind: 'globalAveragePool',
            inputs: { x },
            outputs: { y: value('y', [rows, 5], 'metric') },
            attributes: { sample },
          });
          push({
            kind: 'globalAveragePoolGradient',
            inputs: { dy: value('dy', [rows, 5], 'state'), accumulate: accumulate ? x : undefined },
            outputs: { dx: value('dx', [batch, height, width, 5], 'metric') },
            attributes: { sample },
          });
        }),
      );
    });
    await fc.assert(property, { numRuns: runs, seed: 2 });
  });

  test('sums over groups, spreads and masked additions agree', async () => {
    const property = fc.asyncProperty(sizes, ({ rows, inputs, groups, masked, accumulate, seed }) =>
      expectAgreement(
        open(),
        caseOf(seed, ({ value, push }) => {
          const x = value('x', [groups * rows, inputs], 'state');
          const small = value('small', [rows, inputs], 'state');
          const attributes = { groups, scale: masked ? 1 : 0.3 };
          push({
            kind: 'sumGroups',
            inputs: { x, accumulate: accumulate ? small : undefined },
            outputs: { y: value('sum', [rows, inputs], 'metric') },
            attributes,
          });
          const dx = value('spread', [groups * rows, inputs], 'metric');
          push({ kind: 'spreadGroups', inputs: { dy: small }, outputs: { dx }, attributes });
          const other = value('other', [groups * rows, inputs], 'state');
          push({
            kind: 'add',
            inputs: { a: x, b: dx, maskA: masked ? other : undefined, maskB: accumulate ? other : undefined },
            outputs: { y: value('added', [groups * rows, inputs], 'metric') },
            attributes: {},
          });
        }),
      ),
    );
    await fc.assert(property, { numRuns: runs, seed: 3 });
  });
}
