import { expect, it } from 'vitest';
import { recordOf } from '../../store/compare/test-support.ts';
import { fileNameOf, tableCsv } from './run-files.ts';

it('makes file names of run names', () => {
  expect(fileNameOf('DGL + HiLo, K = 4')).toBe('dgl-hilo-k-4');
  expect(fileNameOf('###')).toBe('run');
});

it('writes the table as CSV, names quoted where they need it', () => {
  const run = recordOf('1', {}, { scores: { bestTest: 0.5 } });
  const names = new Map([['1', 'a, "b"']]);
  const [head, row] = tableCsv([run], names, new Map()).split('\n');
  expect(head?.split(',').slice(0, 4)).toEqual(['name', 'state', 'lastTest', 'bestTest']);
  expect(row?.startsWith('"a, ""b""",finished,,0.5,')).toBe(true);
  const [from, ofAda] = tableCsv([run], names, new Map([['1', 'ada']])).split('\n');
  expect([from?.split(',')[2], ofAda?.includes('finished,ada,')]).toEqual(['from', true]);
});
