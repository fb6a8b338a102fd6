import { expect, test } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { experimentOfText, parseRecordText } from './record-text.ts';

const record = {
  format: 'hpff-run',
  version: 1,
  id: 'a',
  created: '2026-01-02T03:04:05.000Z',
  experiment: startingExperiment,
  changes: [{ step: 3, change: { learningRate: 0.5 } }],
  provenance: { appVersion: '', commit: '', executor: 'webgpu', device: '', kernels: '', dataChecksum: '' },
  summary: {
    ...{ state: 'unfinished', step: 5, totalSteps: 9, stepsPerEpoch: 3, seconds: 1 },
    ...{ peakBytes: 0, plannedBytes: 0, multiplyAdds: 0, scores: {} },
  },
};

test('tells a record from an experiment, and takes the experiment of either', () => {
  expect(parseRecordText(JSON.stringify(record), 'a')).toMatchObject({ ok: true, value: { id: 'a' } });
  expect(parseRecordText(JSON.stringify({ ...record, version: 2 }), 'a')?.ok).toBe(false);
  expect(parseRecordText(JSON.stringify(startingExperiment), 'a')).toBeUndefined();
  expect(parseRecordText('{', 'a')).toBeUndefined();
  expect(experimentOfText(JSON.stringify(record), 'a')).toMatchObject({ ok: true, value: { learningRate: 0.5 } });
  expect(experimentOfText(JSON.stringify(startingExperiment), 'a')).toMatchObject({ ok: true });
  expect(experimentOfText('{', 'mine.json')).toMatchObject({ ok: false, error: { where: 'mine.json' } });
});
