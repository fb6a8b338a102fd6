import { expect, test } from 'vitest';
import { readAudit } from './read-audit.ts';

const report = (high: number, critical = 0) =>
  JSON.stringify({ metadata: { vulnerabilities: { info: 0, low: 1, moderate: 2, high, critical, total: 3 } } });

test('passes without a high finding', () => {
  expect(readAudit(report(0))).toEqual({
    passed: true,
    words: 'Audit of what the site ships: 0 critical, 0 high, 2 moderate, 1 low.',
  });
  expect(readAudit(report(1)).passed).toBe(false);
  expect(readAudit(report(0, 1)).passed).toBe(false);
});

test('says where the registry answers no audits, and does not pass', () => {
  const refused = readAudit(JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 }));
  expect(refused).toEqual({
    passed: false,
    words: 'Nothing was audited: the registry answers no audits here (405 Method Not Allowed).',
  });
  expect(readAudit('').passed).toBe(false);
});
