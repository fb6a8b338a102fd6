import { expect, test } from 'vitest';
import { runProgram } from './run-program.ts';

const node = async (script: string, timeout?: number) => {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const ended = await runProgram(
    process.execPath,
    ['-e', script],
    timeout === undefined ? { onLine } : { onLine, timeout },
  );
  return { ...ended, lines };
};

test('passes on the lines of both streams and the exit code', async () => {
  const { lines, code, problem } = await node('console.log("a\\nb"); console.error("c"); process.exitCode = 3');
  expect(lines.sort()).toEqual(['a', 'b', 'c']);
  expect(code).toBe(3);
  expect(problem).toBeUndefined();
});

test('kills what takes too long', async () => {
  expect(await node('setInterval(() => {}, 1000)', 300)).toMatchObject({
    code: undefined,
    problem: 'was killed (SIGKILL)',
  });
});

test('a program that does not exist is a result', async () => {
  const ended = await runProgram('no-such-program-here', [], { onLine() {} });
  expect(ended.code).toBeUndefined();
  expect(ended.problem).toContain('no-such-program-here did not start');
});

test('asks a program to end, and waits for it', async () => {
  const ending = new AbortController();
  const script = `process.on('SIGTERM', () => { console.log('asked'); setTimeout(() => process.exit(4), 50); });
    console.log('ready'); setInterval(() => {}, 1000);`;
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    if (line === 'ready') ending.abort();
  };
  const ended = await runProgram(process.execPath, ['-e', script], { onLine, ending: ending.signal });
  expect([ended.code, lines]).toEqual([4, ['ready', 'asked']]);
});
