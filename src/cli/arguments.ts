import { type ParseArgsConfig, parseArgs } from 'node:util';
import { fail, ok, type Result } from '../base/result.ts';

/** An option of a command, with what `--help` says of it. */
export interface Option {
  /** Stands for the value in the help; without it the option is a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** Values by option name: text, list of texts or switch, by the option's declaration. */
export type ValuesOf<Given extends Options> = {
  readonly [Name in keyof Given]: Given[Name] extends { readonly multiple: true }
    ? readonly string[]
    : Given[Name] extends { readonly value: string }
      ? string | undefined
      : boolean;
};

export interface Arguments<Given extends Options> {
  readonly values: ValuesOf<Given>;
  /** What is no option, in order. */
  readonly rest: readonly string[];
}

/** Options every command has. */
export const commonOptions = { help: { help: 'print this text' } } as const satisfies Options;

/** Reads a command line. Errors: an option that does not exist, or lacks its value; a plain argument where none is taken. */
export function parseArguments<const Given extends Options>(
  argv: readonly string[],
  options: Given,
  takesRest = false,
): Result<Arguments<Given>> {
  const entries = Object.entries(options);
  const config = Object.fromEntries(
    entries.map(([name, { value, multiple }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', multiple: multiple === true } as const,
    ]),
  ) satisfies ParseArgsConfig['options'];
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: config, allowPositionals: true });
    const [stray] = positionals;
    if (!takesRest && stray !== undefined)
      return fail(`"${stray}" is not understood: this command takes only options. See --help.`, stray);
    const read = Object.fromEntries(
      entries.map(([name, { value, multiple }]) => [
        name,
        values[name] ?? (multiple ? [] : value === undefined ? false : undefined),
      ]),
    );
    return ok({ values: read as ValuesOf<Given>, rest: positionals });
  } catch (error) {
    return fail(sentenceOf(error, options));
  }
}

/** Node's own message, cut to its first sentence, with what the user can do. */
function sentenceOf(error: unknown, options: Options): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '([^']*)'/.exec(message);
  if (unknown !== null) {
    const names = Object.keys(options).map((name) => `--${name}`);
    return `There is no option ${unknown[1]}. The options are ${names.join(', ')}.`;
  }
  return `${message.split('\n')[0]?.replace(/\.$/, '')}. See --help.`;
}

/** A whole number of an option within bounds, or undefined where it is not given. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): Result<number | undefined> {
  if (text === undefined) return ok(undefined);
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least && number <= most) return ok(number);
  return fail(`--${name} ${text} is not possible. It takes a whole number from ${least} to ${most}.`, `--${name}`);
}

/** The list of options for `--help`. */
export function describeOptions(options: Options): string {
  const rows = Object.entries(options).map(([name, { value, help }]): [string, string] => [
    `  --${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, help]) => left.padEnd(width) + help).join('\n');
}
