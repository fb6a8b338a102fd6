import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { hostileJson, readCalmly } from '../base/hostile.fakes.ts';
import { expectOk, type Result } from '../base/result.ts';
import { historyJson, parseHistoryJson } from '../runs/history-json.ts';
import { parseResultsJson, resultsJson } from '../runs/results-json.ts';
import { parseRunRecord } from '../runs/run-record.ts';
import { fakeRun } from './run-zip/run.fakes.ts';
import { readRunZip, writeRunZip } from './run-zip/run-zip.ts';
import { parseSafetensors, writeSafetensors } from './safetensors.ts';
import { normaliseStateDict } from './state-dict.ts';
import { readZip, writeZip } from './zip.ts';

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

describe.each(readers)('%s', (_, good, read) => {
  test('cut off at every byte is refused in words', () => {
    expect(readCalmly(() => read(good)).ok).toBe(true);
    for (let length = 0; length < good.length; length++)
      expect(readCalmly(() => read(good.subarray(0, length))).ok).toBe(false);
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
        readCalmly(() => read(Uint8Array.from(bytes)));
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test('of random bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => !readCalmly(() => read(bytes)).ok),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('a bomb is refused before it is unpacked', () => {
  const bomb = zipSync({ 'record.json': new Uint8Array(32 * 1024 * 1024) });
  const before = process.memoryUsage().arrayBuffers;
  const refused = readCalmly(() => readZip(bomb, 'bomb.zip', limits));
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
  expect(readCalmly(() => readZip(bomb, 'bomb.zip', limits)).ok).toBe(false);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 1024 * 1024);
});

const { record, history, weights } = fakeRun();

/** Readers of a run's JSON, once parsed, each with what a good file holds. */
const jsonReaders: readonly (readonly [
  string,
  Readonly<Record<string, unknown>>,
  (data: unknown) => Result<unknown>,
])[] = [
  ['record', { ...record }, (data) => parseRunRecord(data, 'a.json')],
  ['measurements', JSON.parse(historyJson(record, history)), (data) => parseHistoryJson(data, 'a.json')],
  ['results', JSON.parse(resultsJson([{ record, history }])), (data) => parseResultsJson(data, 'a.json')],
];

test.each(jsonReaders)('any JSON in place of a run: %s, is read or refused in few words', (_, good, read) => {
  expect(read(JSON.parse(JSON.stringify(good))).ok).toBe(true);
  fc.assert(
    fc.property(hostileJson(good), (text) => {
      let data: unknown;
      try {
        data = JSON.parse(text);
      } catch {
        return;
      }
      const parsed = readCalmly(() => read(data));
      if (!parsed.ok) expect(parsed.error.message).toContain('a.json');
    }),
    { seed: 1, numRuns: 400 },
  );
});

test("any text in place of a zipped run's record is read or refused in few words", () => {
  const parts = readZip(writeRunZip({ record, history, weights }), 'a.zip', { bytes: 1e9 });
  fc.assert(
    fc.property(hostileJson({ ...record }), (text) => {
      const files = new Map([...expectOk(parts), ['record.json', new TextEncoder().encode(text)] as const]);
      const parsed = readCalmly(() => readRunZip(writeZip(files), 'a.hpff.zip'));
      if (!parsed.ok) expect(parsed.error.message).toContain('record.json');
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('any header of a safetensors file is read or refused in few words', () => {
  const header = { __metadata__: { step: '1' }, t: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } };
  fc.assert(
    fc.property(hostileJson(header), (text) => {
      const bytes = new TextEncoder().encode(text);
      const file = new Uint8Array(8 + bytes.length + 8);
      new DataView(file.buffer).setBigUint64(0, BigInt(bytes.length), true);
      file.set(bytes, 8);
      readCalmly(() => parseSafetensors(file, 'a.safetensors'));
    }),
    { seed: 1, numRuns: 300 },
  );
});
