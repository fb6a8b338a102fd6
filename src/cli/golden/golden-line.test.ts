import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { parseSafetensors, type Tensor, type TensorFile, writeSafetensors } from '../../formats/safetensors.ts';
import { createInterpreter } from '../../runtime/interpreter/interpreter.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fixtures } from '../test/places.ts';
import { checkGoldenFile, compared } from './golden-line.ts';

const fixture = join(fixtures, 'bp-resnet8.safetensors');
const original = expectOk(parseSafetensors(readFileSync(fixture), fixture));

/** Writes a changed copy of a golden file and checks it. */
async function check(change: (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void) {
  const tensors = new Map(original.tensors);
  const metadata = { ...original.metadata };
  change(tensors, metadata);
  const path = join(temporaryFolder(), 'changed.safetensors');
  writeFileSync(path, writeSafetensors({ tensors, metadata } satisfies TensorFile));
  return checkGoldenFile(path, createInterpreter(), undefined);
}

const tensor = (tensors: ReadonlyMap<string, Tensor>, name: string) => tensors.get(name) as Tensor;

test('a case that agrees has a line of errors and tolerances', async () => {
  const executor = createInterpreter();
  const { state, line } = await checkGoldenFile(fixture, executor, undefined);
  expect(state).toBe('ok');
  expect(line).toMatch(
    /^ok bp-resnet8 gradient \S+\/5\.0e-5 update \S+\/3\.8e-4 statistics \S+\/5\.0e-5 loss \S+\/5\.0e-5 logits \S+\/5\.0e-5$/,
  );
  // A second case on the same executor starts afresh.
  expect(await checkGoldenFile(fixture, executor, undefined)).toEqual({ state, line });
});

describe('FAIL', () => {
  test('for numbers that differ', async () => {
    const { state, line } = await check((tensors) => {
      const { shape, data } = tensor(tensors, 'grad.conv1.weight');
      tensors.set('grad.conv1.weight', { shape, data: Float32Array.from(data, (value) => value * 1.001) });
    });
    expect(state).toBe('FAIL');
    expect(line).toMatch(/^FAIL changed gradient 1\.0e-3\/5\.0e-5 update/);
  });

  test('for a number that is none', async () => {
    const { line } = await check((tensors) => {
      const { shape, data } = tensor(tensors, 'eval.logits');
      tensors.set('eval.logits', { shape, data: Float32Array.from(data).fill(Number.NaN, 0, 1) });
    });
    expect(line).toMatch(/^FAIL changed .* logits NaN/);
  });

  test.each<[string, (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void, string]>([
    ['a gradient missing', (tensors) => void tensors.delete('grad.fc.bias'), 'it lacks grad.fc.bias'],
    ['logits missing', (tensors) => void tensors.delete('eval.logits'), 'it lacks eval.logits'],
    [
      'an initial value missing',
      (tensors) => void tensors.delete('init.fc.bias'),
      'it has an extra tensor final.fc.bias',
    ],
    [
      'a tensor too many',
      (tensors) => {
        for (const part of ['init', 'grad', 'final']) tensors.set(`${part}.more`, tensor(tensors, 'init.fc.bias'));
      },
      'missing: more',
    ],
    [
      'a gradient too many',
      (tensors) => void tensors.set('grad.more', tensor(tensors, 'init.fc.bias')),
      'extra tensor grad.more',
    ],
    [
      'another shape',
      (tensors) => void tensors.set('final.fc.bias', tensor(tensors, 'final.bn1.bias')),
      'final.fc.bias has shape [8], not [10]',
    ],
    [
      'labels of another type',
      (tensors) => void tensors.set('input.labels', { shape: [18], data: new Float32Array(18) }),
      'not of type I32',
    ],
    [
      'a label that is no class',
      (tensors) => void tensors.set('input.labels', { shape: [18], data: new Int32Array(18).fill(77) }),
      '77',
    ],
    [
      'a batch that is none',
      (_, metadata) => void Object.assign(metadata, { batch: '-1' }),
      'lacks a usable config, batch or steps',
    ],
    [
      'no losses',
      (_, metadata) => void Object.assign(metadata, { losses: '[' }),
      'holds neither losses and a tolerance nor first_losses',
    ],
  ])('for %s', async (_, change, why) => {
    const { state, line } = await check(change);
    expect(state).toBe('FAIL');
    expect(line).toContain('FAIL changed ');
    expect(line).toContain(why);
    expect(line).not.toContain('\n');
  });

  test('for files that cannot be read', async () => {
    const folder = temporaryFolder();
    const noise = join(folder, 'noise.safetensors');
    writeFileSync(
      noise,
      Uint8Array.from({ length: 1000 }, (_, index) => (index * 37) % 256),
    );
    for (const [path, why] of [
      [join(folder, 'none.safetensors'), 'FAIL none .*there is no such file'],
      [folder, 'FAIL .*it is a folder'],
      [noise, 'FAIL noise .*not a usable safetensors file'],
    ] as const) {
      expect((await checkGoldenFile(path, createInterpreter(), undefined)).line).toMatch(new RegExp(`^${why}`));
    }
  });
});

test('an error at its tolerance passes, one above or none does not', () => {
  const tolerance = { a: 1e-3, b: 1 };
  expect(compared('x', ['a', 'b'], { a: 1e-3, b: 0 }, tolerance)).toEqual({
    state: 'ok',
    line: 'ok x a 1.0e-3/1.0e-3 b 0.0e+0/1.0e+0',
  });
  expect(compared('x', ['a', 'b'], { a: 1.1e-3, b: 0 }, tolerance).state).toBe('FAIL');
  expect(compared('x', ['a', 'b'], { a: Number.NaN, b: 0 }, tolerance).state).toBe('FAIL');
});
