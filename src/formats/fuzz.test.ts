import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Result } from '../base/result.ts';
import { parseRunRecord } from '../runs/run-record.ts';
import { fakeRun } from './run-zip/run.fakes.ts';
import { readRunZip, writeRunZip } from './run-zip/run-zip.ts';
import { parseSafetensors, writeSafetensors } from './safetensors.ts';
import { normaliseStateDict } from './state-dict.ts';
import { readZip } from './zip.ts';

const limits = { bytes: 100_000 };

/** Readers of files that users give, with a small good file of each. */
const readers: readonly (readonly [string, Uint8Array, (bytes: Uint8Array) => Result<unknown>])[] = [
  [
    'safetensors',
    writeSafetensors(fakeRun().weights),
    (bytes) => {
      const parsed = parseSafetensors(bytes, 'a.safetensors');
      return parsed.ok ? { ok: true, value: normaliseStateDict(parsed.value) } : parsed;
    },
  ],
  ['zip', writeRunZip(fakeRun()), (bytes) => readZip(bytes, 'a.zip', limits)],
  ['zip of a run', writeRunZip(fakeRun()), (bytes) => readRunZip(bytes, 'a.hpff.zip')],
];

/** Reads once; a throw fails the test, and so does a refusal without words or a second of the processor's time. */
function readCalmly(read: (bytes: Uint8Array) => Result<unknown>, bytes: Uint8Array): Result<unknown> {
  const before = process.cpuUsage();
  const result = read(bytes);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(1);
  if (!result.ok) expect(result.error.message.length).toBeGreaterThan(20);
  return result;
}

describe.each(readers)('%s', (_, good, read) => {
  test('cut off at every byte is refused in words', () => {
    expect(readCalmly(read, good).ok).toBe(true);
    for (let length = 0; length < good.length; length++)
      expect(readCalmly(read, good.subarray(0, length)).ok).toBe(false);
  });

  test('with bytes changed, taken out or put in never throws', () => {
    const edit = fc.record({
      at: fc.nat(good.length - 1),
      out: fc.nat(8),
      put: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let bytes = [...good];
        for (const { at, out, put } of edits) bytes = [...bytes.slice(0, at), ...put, ...bytes.slice(at + out)];
        readCalmly(read, Uint8Array.from(bytes));
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test('of random bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => !readCalmly(read, bytes).ok),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('a bomb is refused before it is unpacked', () => {
  const bomb = zipSync({ 'record.json': new Uint8Array(32 * 1024 * 1024) });
  const before = process.memoryUsage().arrayBuffers;
  const refused = readCalmly((bytes) => readZip(bytes, 'bomb.zip', limits), bomb);
  expect(refused.ok).toBe(false);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
});

test('a bomb that lies about its size is not unpacked beyond it', () => {
  const bomb = zipSync({ 'record.json': new Uint8Array(32 * 1024 * 1024) });
  const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
  for (let at = 0; at < bomb.length - 4; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
  }
  const before = process.memoryUsage().arrayBuffers;
  expect(readCalmly((bytes) => readZip(bytes, 'bomb.zip', limits), bomb).ok).toBe(false);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 1024 * 1024);
});

test('any JSON in place of a record is refused in words', () => {
  const { record } = fakeRun();
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(record)), fc.jsonValue(), (field, value) => {
      const parsed = parseRunRecord({ ...JSON.parse(JSON.stringify(record)), [field]: value }, 'record.json');
      if (!parsed.ok) expect(parsed.error.message).toContain('record.json');
    }),
    { seed: 1, numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => !parseRunRecord(value, 'record.json').ok),
    { seed: 1, numRuns: 200 },
  );
});
