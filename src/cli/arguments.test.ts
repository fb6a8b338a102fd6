import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { describeOptions, parseArguments, wholeNumber } from './arguments.ts';

const options = {
  out: { value: 'DIR', help: 'where to' },
  set: { value: 'KEY=VALUE', multiple: true, help: 'change' },
  json: { help: 'as JSON' },
} as const;

const messageOf = (argv: readonly string[]) => {
  const parsed = parseArguments(argv, options);
  return parsed.ok ? '' : parsed.error.message;
};

test('reads values, repeated values, switches and plain arguments', () => {
  const { values, rest } = expectOk(
    parseArguments(['a', '--out', 'x', '--set', 'b=1', '--set=c=2', 'd'], options, true),
  );
  expect(values).toEqual({ out: 'x', set: ['b=1', 'c=2'], json: false });
  expect(rest).toEqual(['a', 'd']);
  expect(expectOk(parseArguments([], options)).values).toEqual({ out: undefined, set: [], json: false });
});

test('refuses with a sentence that says what there is', () => {
  expect(messageOf(['--outt', 'x'])).toBe('There is no option --outt. The options are --out, --set, --json.');
  expect(messageOf(['stray'])).toContain('"stray" is not understood');
  expect(messageOf(['--out'])).toMatch(/^Option '--out.*See --help\.$/);
  expect(messageOf(['--json=yes'])).toContain('--json');
});

test('takes whole numbers within bounds only', () => {
  expect(expectOk(wholeNumber('steps', '12', 1, 20))).toBe(12);
  expect(expectOk(wholeNumber('steps', undefined, 1, 20))).toBeUndefined();
  for (const text of ['0', '21', '1.5', '-3', '1e1', '', 'many', ' 5']) {
    const read = wholeNumber('steps', text, 1, 20);
    expect(read.ok ? 'taken' : read.error.message).toBe(
      `--steps ${text} is not possible. It takes a whole number from 1 to 20.`,
    );
  }
});

test('lists options with their values', () => {
  expect(describeOptions(options).split('\n')[0]).toBe('  --out DIR        where to');
});
