import { expect, it } from 'vitest';
import { recordOf } from '../../store/compare/test-support.ts';
import type { Progress } from '../../worker/protocol.ts';
import { errorReport } from './error-report.ts';

const build = { appVersion: '1.2.3', commit: 'abc' };

it('holds what is needed to see the failure again, and leaves out what is not known', () => {
  const record = recordOf('1', {}, { changes: [{ step: 3, change: { learningRate: 1 } }] });
  const report = errorReport({
    build,
    problem: { message: 'The loss is not finite.', where: 'module 2' },
    record,
    progress: { step: 7, totalSteps: 50, heldBytes: 10, peakBytes: 20, device: { adapter: 'Mali' } } as Progress,
    browser: 'Chromium 1',
  });
  expect(report).toContain('HPFF Playground: 1.2.3, commit abc\n');
  expect(report).toContain('Adapter: Mali\n');
  expect(report).toContain('Problem: The loss is not finite.\nWhere: module 2\nStep: 7 of 50\n');
  expect(report).toContain(`Experiment: ${JSON.stringify(record.experiment)}\n`);
  expect(report).toContain('Changes: [{"step":3,"change":{"learningRate":1}}]\n');
  expect(report).not.toContain('Stack');
  expect(report).not.toContain('Computed on');
  expect(report).not.toContain('Device');
  const bare = {
    build: { appVersion: '1', commit: '' },
    problem: { message: 'x' },
    record: undefined,
    progress: undefined,
    browser: 'b',
  };
  expect(errorReport(bare)).toBe('HPFF Playground: 1, commit unknown\nProblem: x\nBrowser: b\n');
});

it('of a run that moved, says where it was computed and where it is now', () => {
  const record = recordOf('1');
  const provenance = { ...record.provenance, executor: 'tfjs-wasm', device: 'a processor' };
  const report = errorReport({
    build,
    problem: { message: 'x' },
    record: { ...record, handovers: [{ step: 4, provenance }] },
    progress: undefined,
    browser: 'b',
  });
  expect(report).toContain('Executor: tfjs-wasm\nDevice: a processor\n');
  expect(report).toMatch(/^Computed on: steps 1 to 4: interpreter .*; from step 5 on: tfjs-wasm on a processor/m);
});
