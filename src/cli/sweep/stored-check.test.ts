import { expect, test } from 'vitest';
import { beginRecord } from '../../archive/run-recorder.ts';
import { expectOk, ok } from '../../base/result.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { deviation, type WantedRun } from './stored-check.ts';

const experiment = expectOk(presetExperiment('quick'));
const provenance = {
  appVersion: '1',
  commit: '',
  executor: 'tfjs-wasm',
  device: 'a 6502',
  kernels: '',
  dataChecksum: 'abc',
};

/** A run of ten steps. */
const stored = (change: Partial<RunRecord> = {}): RunRecord => {
  const record = beginRecord({ id: 'a', name: undefined, group: undefined, experiment, provenance });
  return { ...record, summary: { ...record.summary, step: 10 }, ...change };
};

const wanted = (change: Partial<WantedRun> = {}): WantedRun => ({
  experiment,
  changes: [],
  executor: undefined,
  dataChecksum: async () => ok(undefined),
  ...change,
});

const slower = { step: 4, change: { learningRate: 0.001 } };

test.each<[string, RunRecord, WantedRun, RegExp | undefined]>([
  ['the same', stored(), wanted(), undefined],
  ['another field', stored(), wanted({ experiment: { ...experiment, batch: 7 } }), /^its batch is \d+, not 7$/],
  ['the same change', stored({ changes: [slower] }), wanted({ changes: [slower] }), undefined],
  ['a change more', stored({ changes: [slower] }), wanted(), /^its learningRate after step 4 is 0\.001, not/],
  ['a change missing', stored(), wanted({ changes: [slower] }), /^its learningRate after step 4 is .*, not 0\.001$/],
  ['a change it has not come to', stored(), wanted({ changes: [{ ...slower, step: 10 }] }), undefined],
  ['its executor', stored(), wanted({ executor: 'tfjs-wasm' }), undefined],
  [
    'an executor that took over',
    stored({ handovers: [{ step: 5, provenance: { ...provenance, executor: 'webgpu' } }] }),
    wanted({ executor: 'tfjs-wasm' }),
    /^it was trained on webgpu, not on tfjs-wasm$/,
  ],
  ['its images', stored(), wanted({ dataChecksum: async () => ok('abc') }), undefined],
  ['other images', stored(), wanted({ dataChecksum: async () => ok('abd') }), /other images than those of --data/],
])('compares what is stored with what is wanted: %s', async (_, record, run, words) => {
  const found = expectOk(await deviation(record, run));
  if (words === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(words);
});
