import { expect, test } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { experimentNow, handedOver, parseRunRecord, provenanceNow, type RunRecord } from './run-record.ts';

const record: RunRecord = {
  format: 'hpff-run',
  version: 1,
  id: 'a1',
  name: 'mine',
  group: undefined,
  created: '2026-01-02T03:04:05.000Z',
  experiment: startingExperiment,
  changes: [
    { step: 3, change: { learningRate: 0.5 } },
    { step: 9, change: { learningRate: 0.25, momentum: 0 } },
  ],
  provenance: { appVersion: '1', commit: 'c', executor: 'webgpu', device: 'd', kernels: '', dataChecksum: 'e' },
  handovers: [],
  summary: {
    state: 'unfinished',
    step: 12,
    totalSteps: 20,
    stepsPerEpoch: 10,
    seconds: 1.5,
    imagesPerSecond: undefined,
    peakBytes: 10,
    plannedBytes: 8,
    multiplyAdds: 7,
    scores: {
      lastTest: 0.5,
      bestTest: 0.6,
      bestTestEpoch: 1,
      testAtBestValidation: undefined,
      bestValidation: undefined,
      finalLoss: 2,
    },
  },
};
const stored = (): Record<string, unknown> => JSON.parse(JSON.stringify(record));

test('a stored record is read back, its changes applied in turn', () => {
  const parsed = parseRunRecord(stored(), 'record.json');
  expect(parsed.ok && parsed.value.summary.scores.bestTest).toBe(0.6);
  expect(experimentNow(record)).toEqual({ ...startingExperiment, learningRate: 0.25, momentum: 0 });
});

test.each([
  ['a newer version', { version: 2 }, 'version'],
  ['an identity that would leave its folder', { id: '../x' }, 'id'],
  ['an impossible experiment', { experiment: { ...startingExperiment, batch: 0 } }, 'batch'],
  ['a change of a field that is not there', { changes: [{ step: 1, change: { colour: 1 } }] }, 'colour'],
  ['changes that lead to an impossible experiment', { changes: [{ step: 1, change: { window: 60 } }] }, 'window'],
  ['an accuracy above 1', { summary: { ...record.summary, scores: { lastTest: 2 } } }, 'lastTest'],
])('%s is refused in words', (_, change, word) => {
  const parsed = parseRunRecord({ ...stored(), ...change }, 'record.json');
  expect(parsed.ok).toBe(false);
  expect(!parsed.ok && parsed.error.message).toContain(word);
});

test('a run that moves says from which step on something else computed it', () => {
  const wasm = { ...record.provenance, executor: 'tfjs-wasm' };
  expect(handedOver(record, 12, record.provenance)).toEqual(record);
  const moved = handedOver(record, 12, wasm);
  expect(moved.handovers).toEqual([{ step: 12, provenance: wasm }]);
  expect([moved.provenance, provenanceNow(moved)]).toEqual([record.provenance, wasm]);
  // Twice at one step: the first of them computed nothing.
  const { provenance } = record;
  expect(handedOver(moved, 12, provenance)).toEqual(record);
  expect(handedOver(moved, 15, provenance).handovers.map(({ step }) => step)).toEqual([12, 15]);
  // Back to a step before it moved, there and elsewhere.
  expect(handedOver(moved, 6, wasm).handovers).toEqual([{ step: 6, provenance: wasm }]);
  expect(handedOver(moved, 0, wasm)).toEqual({ ...record, provenance: wasm });
  const { handovers } = moved;
  expect(parseRunRecord(JSON.parse(JSON.stringify(moved)), 'a')).toMatchObject({ ok: true, value: { handovers } });
});

test('a record made before runs were known to move is read', () => {
  const { handovers: _, ...older } = stored();
  expect(parseRunRecord(older, 'a')).toMatchObject({ ok: true, value: { handovers: [] } });
});

test('a record from before there were threads says that there was one', () => {
  const device = 'tfjs 4.22.0 on WASM, one thread, SIMD';
  const parsed = parseRunRecord({ ...stored(), provenance: { ...record.provenance, device } }, 'record.json');
  expect(parsed.ok && parsed.value.provenance).toEqual({
    ...record.provenance,
    device: 'tfjs 4.22.0 on WASM, SIMD',
    threads: 1,
  });
  const threads = { ...record.provenance, device: 'tfjs 4.22.0 on WASM, SIMD', threads: 4 };
  const newer = parseRunRecord({ ...stored(), provenance: threads }, 'record.json');
  expect(newer.ok && newer.value.provenance).toEqual(threads);
});
