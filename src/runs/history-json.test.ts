import { expect, test } from 'vitest';
import { fakeRun } from '../formats/run-zip/run.fakes.ts';
import { historyJson } from './history-json.ts';

test('holds every column by phase, null where nothing was measured', () => {
  const { record, history } = fakeRun();
  const read = JSON.parse(historyJson(record, history));
  expect(read.record.id).toBe('a1');
  expect(read.train.step).toEqual([1, 2, 3]);
  expect(read.train['1.0/probe.accuracy']).toEqual([0.1, null, 0.3]);
  expect(read.test['final.accuracy']).toEqual([0.3]);
  expect(read.validation).toEqual({});
});
