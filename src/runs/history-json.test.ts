import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { fakeRun } from '../formats/run-zip/run.fakes.ts';
import { historyJson, parseHistoryJson } from './history-json.ts';

const written = () => {
  const { record, history } = fakeRun();
  return JSON.parse(historyJson(record, history));
};

test('holds every column by phase, null where nothing was measured', () => {
  const read = written();
  expect(read.record.id).toBe('a1');
  expect(read.train.step).toEqual([1, 2, 3]);
  expect(read.train['1.0/probe.accuracy']).toEqual([0.1, null, 0.3]);
  expect(read.test['final.accuracy']).toEqual([0.3]);
  expect(read.validation).toEqual({});
  expect(read.gradients).toMatchObject({ step: [3], '1.0/gradient.norm': [0.5], '1.0/gradient.cosine': [-0.75] });
});

test('is read back, and so is the first version, which held no gradients', () => {
  const { history } = expectOk(parseHistoryJson(written(), 'a'));
  expect(history.gradients.rows).toBe(1);
  expect(new Map(history.gradients.columns).get('1.0/gradient.bpNorm')).toEqual(Float64Array.of(0.25));
  const { gradients: _, ...others } = written();
  const older = expectOk(parseHistoryJson({ ...others, version: 1 }, 'a')).history;
  expect(older.train.rows).toBe(3);
  expect(older.gradients.rows).toBe(0);
});
