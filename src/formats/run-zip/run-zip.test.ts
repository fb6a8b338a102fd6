import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { parseSafetensors, writeSafetensors } from '../safetensors.ts';
import { readZip, writeZip } from '../zip.ts';
import { fakeRun } from './run.fakes.ts';
import { readRunZip, writeRunZip } from './run-zip.ts';

test('a run opens again, bit for bit', () => {
  const run = fakeRun();
  const opened = expectOk(readRunZip(writeRunZip(run), 'mine.hpff.zip'));
  expect(JSON.stringify(opened.record)).toBe(JSON.stringify(run.record));
  expect(opened.weights).toEqual(run.weights);
  expect(opened.history.data()).toEqual(run.history.data());
  expect(opened.history.train.read('1.0/probe.accuracy')).toEqual(Float64Array.of(0.1, Number.NaN, 0.3));
  expect(opened.history.marks).toMatchObject([{ step: 2, after: { learningRate: 0.5 } }]);
});

test('a run of an older version, without gradients, opens', () => {
  const files = parts();
  const path = 'history.safetensors';
  const { tensors, metadata } = expectOk(parseSafetensors(files.get(path) as Uint8Array<ArrayBuffer>, path));
  const older = new Map([...tensors].filter(([name]) => !name.startsWith('gradients/')));
  expect(older.size).toBeLessThan(tensors.size);
  files.set(path, writeSafetensors({ tensors: older, metadata }));
  const { history } = expectOk(readRunZip(writeZip(files), 'a.zip'));
  expect(history.train.length).toBe(3);
  expect(history.gradients.length).toBe(0);
});

const parts = () => expectOk(readZip(writeRunZip(fakeRun()), 'a', { bytes: 1e6 }));
const changed = (path: string, content: Uint8Array<ArrayBuffer> | undefined) => {
  const files = parts();
  if (content === undefined) files.delete(path);
  else files.set(path, content);
  return readRunZip(writeZip(files), 'a.zip');
};
const column = (name: string, data: Float64Array | Float32Array) => {
  const tensors = new Map([
    ['train/step', { shape: [2], data: Float64Array.of(1, 2) }],
    [name, { shape: [data.length], data }],
  ]);
  return writeSafetensors({ tensors, metadata: {} });
};

test.each([
  ['record.json', undefined, 'lacks record.json'],
  ['record.json', new TextEncoder().encode('{'), 'record.json is not JSON'],
  ['record.json', new TextEncoder().encode('{"format":"hpff-run"}'), 'no record of a run'],
  ['weights.safetensors', new Uint8Array(4), 'weights.safetensors is not a usable'],
  ['history.safetensors', column('train/colour', Float64Array.of(1, 2)), 'no column of a history'],
  ['history.safetensors', column('train/epoch', Float64Array.of(1)), 'not equally long'],
  ['history.safetensors', column('train/epoch', Float32Array.of(1, 2)), 'no column of a history'],
  ['history.safetensors', column('later/epoch', Float64Array.of(1, 2)), 'no column of a history'],
])('a run whose %s is wrong is refused in words', (path, content, words) => {
  const opened = changed(path, content);
  expect(opened.ok).toBe(false);
  if (!opened.ok) expect(opened.error.message).toContain(words);
});
