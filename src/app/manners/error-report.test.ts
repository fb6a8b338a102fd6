import { expect, it } from 'vitest';
import { recordOf } from '../../store/compare/test-support.ts';
import type { Progress } from '../../worker/protocol.ts';
import { errorReport } from './error-report.ts';

it('holds what is needed to see the failure again, and leaves out what is not known', () => {
  const record = recordOf('1', {}, { changes: [{ step: 3, change: { learningRate: 1 } }] });
  const report = errorReport({
    problem: { message: 'The loss is not finite.', where: 'module 2' },
    record,
    progress: { step: 7, totalSteps: 50, heldBytes: 10, peakBytes: 20 } as Progress,
    browser: 'Chromium 1',
  });
  expect(report).toContain('Problem: The loss is not finite.\nWhere: module 2\nStep: 7 of 50\n');
  expect(report).toContain(`Experiment: ${JSON.stringify(record.experiment)}\n`);
  expect(report).toContain('Changes: [{"step":3,"change":{"learningRate":1}}]\n');
  expect(report).not.toContain('Stack');
  expect(report).not.toContain('Device');
  const bare = { problem: { message: 'x' }, record: undefined, progress: undefined, browser: 'b' };
  expect(errorReport(bare)).toBe('Problem: x\nBrowser: b\n');
});
