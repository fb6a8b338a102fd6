import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBrowserReport, readUnitReport } from './reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(report: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

it("names vitest's failed tests, and files that fail as a whole", () => {
  const path = written({
    numPassedTests: 5,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'good' },
          { status: 'failed', fullName: 'adds', failureMessages: ['\u001b[31mexpected 1\u001b[0m\n\n  to be 2'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  });
  expect(readUnitReport(path)).toEqual({
    passed: 5,
    failed: 2,
    failures: ['adds: expected 1 to be 2', 'b.test.ts: no such module'],
  });
});

it("names Playwright's failed tests at any depth; one that passed when repeated has passed", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, results: [message === undefined ? {} : { error: { message } }, {}] }],
  });
  const path = written({
    suites: [
      {
        specs: [spec('one', 'expected')],
        suites: [
          { specs: [spec('two', 'flaky', 'slow'), spec('three', 'unexpected', 'late'), spec('four', 'skipped')] },
        ],
      },
    ],
  });
  expect(readBrowserReport(path)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    failures: ['a.spec.ts three: late'],
    repeated: ['a.spec.ts two: slow'],
  });
});

it('has nothing to say without a report, or of another kind of file', () => {
  expect(readUnitReport(join(folder, 'none.json'))).toBeUndefined();
  expect(readBrowserReport(written({}))).toBeUndefined();
});
