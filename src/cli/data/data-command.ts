import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command, Output } from '../command.ts';
import { fileReason } from '../file-errors.ts';
import { download } from './download.ts';
import { fileSum } from './file-sum.ts';
import { type OfficialFile, type OfficialName, officialNames, officialSets } from './official-files.ts';

const options = {
  from: {
    value: 'URL|FILE',
    multiple: true,
    help: 'take it from there instead of the official address; once for each file of the set, in the order below',
  },
  to: { value: 'DIR', help: 'folder to put it in; default: data/SET' },
  ...commonOptions,
} as const;

/** `data SET`: the official files of a data set in a folder, checked. The folder's name is the one line of output. */
export const dataCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options, true);
  if (!parsed.ok) return refuse(output, parsed.error.message);
  const { values, rest } = parsed.value;
  if (values.help) {
    output.line(help());
    return 0;
  }
  const [name, ...more] = rest;
  if (name === undefined || more.length > 0 || !officialNames.includes(name as OfficialName)) {
    return refuse(output, `Name one data set: ${officialNames.join(', ')}.`);
  }
  const set = officialSets[name as OfficialName];
  const folder = values.to ?? join('data', name);
  const { from } = values;
  if (from.length > 0 && from.length !== set.files.length) {
    return refuse(
      output,
      `--from: ${set.title} has ${set.files.length} files (${set.files.map((file) => file.name).join(', ')}). Give it once for each.`,
    );
  }
  for (const [index, file] of set.files.entries()) {
    const done = await provide(file, from[index], folder, output);
    if (!done.ok) return refuse(output, done.error.message);
  }
  output.note(`Train on it: npm run -s train -- --experiment ${set.preset} --data ${folder} --out DIR`);
  output.line(folder);
  return 0;
};

function refuse(output: Output, message: string): number {
  output.note(message);
  return 1;
}

/** Puts one file into the folder. It has its name only once it is whole and checked; until then it ends with `.part`. */
async function provide(
  file: OfficialFile,
  from: string | undefined,
  folder: string,
  { note }: Output,
): Promise<Result<void>> {
  const final = join(folder, file.name);
  const aside = `${final}.part`;
  try {
    if (existsSync(final) && (await fileSum(final, file.algorithm)) === file.sum) {
      note(`${final} is there already (${file.algorithm} compared).`);
      return ok(undefined);
    }
    mkdirSync(folder, { recursive: true });
    const isAddress = from === undefined || /^https?:\/\//i.test(from);
    if (isAddress) {
      const url = from ?? file.url;
      note(`Fetching ${url}${existsSync(aside) ? `, from byte ${statSync(aside).size}` : ''}.`);
      const fetched = await download(url, aside, { onBytes: sayProgress(file.name, note) });
      if (!fetched.ok) return fetched;
    } else {
      copyFileSync(from, aside);
    }
    const sum = await fileSum(aside, file.algorithm);
    if (sum !== file.sum && from === undefined) {
      rmSync(aside);
      return fail(
        `${file.name} came damaged: its ${file.algorithm} is ${sum}, not ${file.sum}. It was thrown away; run the command again.`,
        file.name,
      );
    }
    renameSync(aside, final);
    note(
      sum === file.sum
        ? `${final}: the official file (${file.algorithm} compared).`
        : `${final}: not the official file (${file.algorithm} ${sum}, official ${file.sum}). Kept all the same.`,
    );
    return ok(undefined);
  } catch (error) {
    const path = (error as NodeJS.ErrnoException).path ?? folder;
    return fail(`${path} cannot be used: ${fileReason(error)}. Name another file by --from or folder by --to.`, path);
  }
}

/** Milliseconds between two lines. */
const pause = 5_000;

function sayProgress(name: string, note: (text: string) => void): (here: number, total: number | undefined) => void {
  let last = performance.now();
  return (here, total) => {
    if (performance.now() - last < pause) return;
    last = performance.now();
    const share =
      total === undefined ? '' : ` of ${(total / 1e6).toFixed(0)} MB (${Math.floor((100 * here) / total)} %)`;
    note(`${basename(name)}: ${(here / 1e6).toFixed(0)}${share === '' ? ' MB' : share}`);
  };
}

const help = (): string =>
  [
    `npm run -s data -- ${officialNames.join('|')} [options]`,
    'Fetches the official files of a data set, checks them, and goes on where an earlier attempt ended.',
    '',
    describeOptions(options),
    '',
    ...Object.entries(officialSets).map(
      ([name, { title, files, page }]) =>
        `  ${name.padEnd(15)}${title}: ${files.map((file) => file.name).join(', ')} (${page})`,
    ),
  ].join('\n');
