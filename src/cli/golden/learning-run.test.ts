import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { Tensor } from '../../formats/safetensors.ts';
import { createInterpreter } from '../../runtime/interpreter/interpreter.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fixtures } from '../test/places.ts';
import { type GoldenCase, type Losses, parseGoldenCase } from './golden-case.ts';
import { checkGoldenFile } from './golden-line.ts';
import { measureLearning } from './learning-run.ts';

const path = join(fixtures, 'bp-resnet8.safetensors');
const exact = expectOk(parseGoldenCase(readFileSync(path), path));
const losses = exact.expected.kind === 'exact' ? exact.expected.losses : [];

/** The images of the exact case as the two record files of CIFAR-10 that are read. */
function recordFolder(): string {
  const folder = temporaryFolder();
  const images = (exact.tensors.get('input.images') as Tensor).data as Uint8Array;
  const labels = (exact.tensors.get('input.labels') as Tensor).data;
  const bytes = Uint8Array.from(labels).reduce<number[]>((all, label, row) => {
    all.push(label, ...images.subarray(row * 3072, (row + 1) * 3072));
    return all;
  }, []);
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) writeFileSync(join(folder, name), Uint8Array.from(bytes));
  return folder;
}

const learning = (expected: { first: readonly Losses[]; accuracy: number; tested?: number }): GoldenCase => ({
  ...exact,
  expected: {
    kind: 'learning',
    first: [...expected.first],
    last50: losses[0] as Losses,
    tested: expected.tested ?? 15,
    accuracy: expected.accuracy,
  },
});

test('repeats the steps on records: the falling rate makes the third loss differ, and nothing before', async () => {
  const folder = recordFolder();
  const same = expectOk(
    await measureLearning(learning({ first: losses.slice(0, 2), accuracy: 0 }), createInterpreter(), folder),
  );
  expect(same.first).toBeLessThan(1e-6);
  const all = expectOk(await measureLearning(learning({ first: losses, accuracy: 0 }), createInterpreter(), folder));
  expect(all.first).toBeGreaterThan(1e-4);
  expect(all.last50).toBeGreaterThan(0);
  // A whole number of the 15 records, two full batches and a part of one.
  expect((all.accuracy * 15) % 1).toBeCloseTo(0, 9);
});

test('says what is wrong with the data', async () => {
  const folder = recordFolder();
  const wanted = async (golden: GoldenCase, data: string) => {
    const measured = await measureLearning(golden, createInterpreter(), data);
    return measured.ok ? '' : measured.error.message;
  };
  expect(await wanted(learning({ first: losses, accuracy: 0, tested: 19 }), folder)).toContain(
    'only 18 of the 19 records',
  );
  expect(await wanted(learning({ first: losses, accuracy: 0 }), temporaryFolder())).toContain('there is no such file');
  writeFileSync(join(folder, 'test_batch.bin'), new Uint8Array(4000));
  expect(await wanted(learning({ first: losses, accuracy: 0 }), folder)).toContain(
    '4000 bytes, which is no multiple of 3073',
  );
  expect((await checkGoldenFile(path, createInterpreter(), folder)).state).toBe('ok');
});
