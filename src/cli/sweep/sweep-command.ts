import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { RunRecord } from '../../runs/run-record.ts';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command, Output } from '../command.ts';
import { parseExecutorName } from '../executors.ts';
import { fileReason } from '../file-errors.ts';
import { repository, scriptArguments } from '../node-script.ts';
import { runProgram } from '../run-program.ts';
import { catchInterrupt } from '../train/interrupt.ts';
import { runIn } from '../train/kept-run.ts';
import { deviation, type WantedRun, wantedRuns } from './stored-check.ts';
import { nameOf, planSweep, type SweepRun } from './sweep-plan.ts';
import { pointsAsCsv, type SweepOutcome, summarise } from './sweep-results.ts';

const options = {
  out: { value: 'DIR', help: 'folder for results.csv, results.json and a folder of every run' },
  data: { value: 'DIR', help: 'folder with the official files of a data set, or with images by class' },
  executor: { value: 'NAME', help: 'what to train on' },
  overwrite: { help: 'train anew what DIR holds of other runs than FILE asks for' },
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
  'Runs that are finished in DIR are not repeated, and those that were broken off go on. Ctrl-C, SIGTERM or',
  'a closed terminal ends the sweep after the step under way and keeps it; started again, it goes on from there.',
  '',
  describeOptions(options),
].join('\n');

interface Values {
  readonly out: string | undefined;
  readonly data: string | undefined;
  readonly executor: string | undefined;
  readonly overwrite: boolean;
}

async function sweep(
  [path]: readonly string[],
  { out, data, executor, overwrite }: Values,
  output: Output,
): Promise<Result<void>> {
  if (path === undefined) return fail('The file of the sweep is missing. See --help.', 'FILE');
  if (out === undefined) return fail('--out is missing. Name a folder for the sweep.', '--out');
  const name = parseExecutorName(executor);
  if (!name.ok) return name;
  const planned = readPlan(path);
  if (!planned.ok) return planned;
  const runs = wantedRuns(planned.value, { data, executor });
  if (!runs.ok) return runs;
  const anew = new Set<SweepRun>();
  for (const [run, wanted] of runs.value) {
    const fits = await checkStored(join(out, run.folder), wanted);
    if (fits.ok) continue;
    if (!overwrite) return fits;
    anew.add(run);
  }
  const same = [
    ...(data === undefined ? [] : ['--data', data]),
    ...(executor === undefined ? [] : ['--executor', executor]),
  ];
  const ending = new AbortController();
  using interrupt = catchInterrupt(() => {
    output.note('Ending the sweep after this step; everything done so far is kept.');
    ending.abort();
  });
  const outcomes: SweepOutcome[] = [];
  for (const [index, [run, wanted]] of runs.value.entries()) {
    const ended = fail(`The sweep was ended in run ${index + 1} of ${runs.value.length}. Start it again to go on.`);
    if (interrupt.asked()) return ended;
    output.note(`run ${index + 1} of ${runs.value.length}: ${[...run.point, `seed=${run.seed}`].join(' ')}`);
    const folder = join(out, run.folder);
    const trained = await trainOne(run, folder, anew.has(run), same, ending.signal, output);
    const outcome = trained.ok ? await readOutcome(run, folder, wanted) : trained;
    if (!outcome.ok) return interrupt.asked() ? ended : outcome;
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

/** The record in a run's folder, undefined where there is none. Errors: it is not that of the run wanted. */
async function checkStored(folder: string, wanted: WantedRun): Promise<Result<RunRecord | undefined>> {
  const remedy = 'Choose another --out, or train it anew by --overwrite.';
  const read = await runIn(folder).readRecord();
  if (!read.ok) return fail(`${folder}: ${read.error.message} ${remedy}`, folder);
  if (read.value === undefined) return read;
  const differs = await deviation(read.value, wanted);
  if (!differs.ok) return differs;
  if (differs.value === undefined) return read;
  return fail(`${folder} holds another run than the sweep asks for: ${differs.value}. ${remedy}`, '--out');
}

/** Trains one run in a process of its own to its end, where that is not stored. */
async function trainOne(
  run: SweepRun,
  folder: string,
  anew: boolean,
  same: readonly string[],
  ending: AbortSignal,
  output: Output,
): Promise<Result<void>> {
  const before = anew ? ok(undefined) : await runIn(folder).readRecord();
  if (!before.ok) return before;
  const found = before.value;
  if (found !== undefined && found.summary.state !== 'unfinished') return ok(undefined);
  const argv = found === undefined ? [...run.argv, '--out', folder, '--overwrite'] : ['--resume', folder];
  const script = join(repository, 'src', 'cli', 'train.ts');
  const ended = await runProgram(
    process.execPath,
    scriptArguments(script, [...argv, '--checkpoint-every', '60', ...same]),
    { onLine: output.note, ending },
  );
  // A run that diverged is an outcome too; its record says so.
  if (ended.code !== 0) output.note(`The run ended with ${ended.problem ?? `exit code ${ended.code}`}.`);
  return ok(undefined);
}

/** What a run came to. Errors: it has not ended, or what is there is still another run, since the one wanted could not begin. */
async function readOutcome(run: SweepRun, folder: string, wanted: WantedRun): Promise<Result<SweepOutcome>> {
  const after = await checkStored(folder, wanted);
  if (!after.ok) return after;
  if (after.value === undefined || after.value.summary.state === 'unfinished')
    return fail(`The run in ${folder} did not come to its end. Start the sweep again to go on with it.`, folder);
  return ok({ run, summary: after.value.summary });
}
