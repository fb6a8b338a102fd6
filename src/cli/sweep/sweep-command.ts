import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command, Output } from '../command.ts';
import { fileReason } from '../file-errors.ts';
import { repository, scriptArguments } from '../node-script.ts';
import { runProgram } from '../run-program.ts';
import { runIn } from '../train/kept-run.ts';
import { nameOf, planSweep, type SweepRun } from './sweep-plan.ts';
import { pointsAsCsv, type SweepOutcome, summarise } from './sweep-results.ts';

const options = {
  out: { value: 'DIR', help: 'folder for results.csv, results.json and a folder of every run' },
  data: { value: 'DIR', help: 'folder with the official files of a data set, or with images by class' },
  executor: { value: 'NAME', help: 'what to train on' },
  ...commonOptions,
} as const;

/** `sweep FILE`: every point of a grid with every seed, one run after the other; mean and spread over the seeds. */
export const sweepCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options, true);
  if (parsed.ok && parsed.value.values.help) {
    output.line(help);
    return 0;
  }
  const done = parsed.ok ? await sweep(parsed.value.rest, parsed.value.values, output) : parsed;
  if (done.ok) return 0;
  output.note(done.error.message);
  return 1;
};

const help = [
  'npm run -s sweep -- FILE --out DIR [options]',
  'FILE is JSON: {"experiment": PRESET or FILE, "set": [KEY=VALUE], "grid": {KEY: [VALUES]}, "seeds": [NUMBERS]}.',
  'Runs that are finished in DIR are not repeated, and those that were broken off go on.',
  '',
  describeOptions(options),
].join('\n');

interface Values {
  readonly out: string | undefined;
  readonly data: string | undefined;
  readonly executor: string | undefined;
}

async function sweep(
  [path]: readonly string[],
  { out, data, executor }: Values,
  output: Output,
): Promise<Result<void>> {
  if (path === undefined) return fail('The file of the sweep is missing. See --help.', 'FILE');
  if (out === undefined) return fail('--out is missing. Name a folder for the sweep.', '--out');
  const planned = readPlan(path);
  if (!planned.ok) return planned;
  const same = [
    ...(data === undefined ? [] : ['--data', data]),
    ...(executor === undefined ? [] : ['--executor', executor]),
  ];
  const outcomes: SweepOutcome[] = [];
  for (const [index, run] of planned.value.entries()) {
    output.note(`run ${index + 1} of ${planned.value.length}: ${[...run.point, `seed=${run.seed}`].join(' ')}`);
    const outcome = await runOne(run, join(out, run.folder), same, output);
    if (!outcome.ok) return outcome;
    outcomes.push(outcome.value);
    const points = summarise(outcomes);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'results.csv'), pointsAsCsv(points));
    writeFileSync(join(out, 'results.json'), `${JSON.stringify({ points, outcomes }, undefined, 2)}\n`);
  }
  output.line(pointsAsCsv(summarise(outcomes)).trimEnd());
  return ok(undefined);
}

function readPlan(path: string): Result<SweepRun[]> {
  try {
    return planSweep(readFileSync(path, 'utf8'), nameOf(path));
  } catch (error) {
    return fail(`${path} cannot be read: ${fileReason(error)}.`, path);
  }
}

/** Trains one run in a process of its own, or takes what is there of it. */
async function runOne(
  run: SweepRun,
  folder: string,
  same: readonly string[],
  output: Output,
): Promise<Result<SweepOutcome>> {
  const stored = runIn(folder);
  const before = await stored.readRecord();
  if (!before.ok) return before;
  const found = before.value;
  if (found === undefined || found.summary.state === 'unfinished') {
    const argv = found === undefined ? [...run.argv, '--out', folder, '--overwrite'] : ['--resume', folder];
    const script = join(repository, 'src', 'cli', 'train.ts');
    const ended = await runProgram(
      process.execPath,
      scriptArguments(script, [...argv, '--checkpoint-every', '60', ...same]),
      {
        onLine: output.note,
      },
    );
    // A run that diverged is an outcome too; its record says so.
    if (ended.code !== 0) output.note(`The run ended with ${ended.problem ?? `exit code ${ended.code}`}.`);
  }
  const after = await stored.readRecord();
  if (!after.ok) return after;
  if (after.value === undefined || after.value.summary.state === 'unfinished')
    return fail(`The run in ${folder} did not come to its end. Start the sweep again to go on with it.`, folder);
  return ok({ run, summary: after.value.summary });
}
