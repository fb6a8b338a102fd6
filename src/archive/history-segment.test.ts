import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { fakeRun } from '../formats/run-zip/run.fakes.ts';
import { ofSeries } from '../runs/history.ts';
import { parseSegment, writeSegment } from './history-segment.ts';

test('a segment is read back, gradients measured on request among it', () => {
  const segment = { before: ofSeries(() => 0), data: fakeRun().history.data() };
  expect(segment.data.gradients.rows).toBe(1);
  expect(expectOk(parseSegment(writeSegment(segment), 'a'))).toEqual(segment);
});

test('a segment of the first version, which held no gradients, is read', () => {
  const none = { before: 0, rows: 0, columns: [] };
  const header = JSON.stringify({
    version: 1,
    train: { before: 3, rows: 2, columns: ['step'] },
    validation: none,
    test: none,
  });
  const start = Math.ceil((4 + header.length) / 8) * 8;
  const file = new Uint8Array(start + 16);
  new DataView(file.buffer).setUint32(0, header.length, true);
  file.set(new TextEncoder().encode(header), 4);
  new Float64Array(file.buffer, start).set([4, 5]);
  const { before, data } = expectOk(parseSegment(file, 'a'));
  expect(before).toEqual({ train: 3, validation: 0, test: 0, gradients: 0 });
  expect(data.train.columns).toEqual([['step', Float64Array.of(4, 5)]]);
  expect(data.gradients.rows).toBe(0);
});

test('a segment of a later version is refused', () => {
  const segment = writeSegment({ before: ofSeries(() => 0), data: fakeRun().history.data() });
  const at = new TextDecoder().decode(segment).indexOf('"version":2') + '"version":'.length;
  const later = parseSegment(segment.with(at, '9'.charCodeAt(0)) as typeof segment, 'a');
  expect(later.ok ? '' : later.error.message).toContain('version');
});
