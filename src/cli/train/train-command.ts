import { awakeNow } from '../../base/awake-clock.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { describe as describeDataset } from '../../datasets/dataset.ts';
import { provenanceNow } from '../../runs/run-record.ts';
import { deviceInWords } from '../../runtime/executor.ts';
import { saveCheckpoint } from '../../trainer/checkpoint.ts';
import { Training } from '../../trainer/training.ts';
import { commonOptions, describeOptions, parseArguments, type ValuesOf, wholeNumber } from '../arguments.ts';
import type { Command, Output } from '../command.ts';
import { openExecutor, parseExecutorName } from '../executors.ts';
import { describeExperiments, experimentOptions } from '../experiment-arguments.ts';
import { readBeginning, readContinuation, startRecorder } from './beginning.ts';
import { openDataset } from './data-folder.ts';
import { divergedInWords } from './diverged.ts';
import { catchInterrupt } from './interrupt.ts';
import { KeptRun, runIn } from './kept-run.ts';
import { showProgress, testLine } from './progress.ts';
import { openRunFolder } from './run-folder.ts';
import { trainRun } from './train-run.ts';

const options = {
  ...experimentOptions,
  data: { value: 'DIR', help: 'folder with the official files of a data set, or with images by class' },
  steps: { value: 'N', help: 'length of the schedule and of the run, in steps' },
  epochs: { value: 'N', help: 'the same, in epochs' },
  'stop-after': { value: 'N', help: 'end after N steps; the schedule stays as it is' },
  executor: { value: 'NAME', help: 'what to train on; default: WebGPU where there is a GPU, else tfjs-wasm' },
  out: {
    value: 'DIR',
    help: 'folder for weights.safetensors, experiment.json, metrics.csv, record.json and checkpoints',
  },
  'checkpoint-every': { value: 'SECONDS', help: 'write a checkpoint as often; one is always written at the end' },
  resume: {
    value: 'DIR',
    help: 'go on with the run of a folder, from its last good checkpoint; replaces --experiment and --out',
  },
  overwrite: { help: 'replace a run that is in the folder' },
  ...commonOptions,
} as const;

/** `train`: one run from its first step to its last, and its weights, experiment and metrics in a folder. */
export const trainCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options);
  if (parsed.ok && parsed.value.values.help) {
    output.line(await help());
    return 0;
  }
  const done = parsed.ok ? await train(parsed.value.values, output) : parsed;
  if (done.ok) return 0;
  output.note(done.error.message);
  return 1;
};

async function train(values: ValuesOf<typeof options>, output: Output): Promise<Result<void>> {
  const { data } = values;
  const every = wholeNumber('checkpoint-every', values['checkpoint-every'], 1, 86_400);
  if (!every.ok) return every;
  const beginning = values.resume === undefined ? readBeginning(values) : await readContinuation(values.resume, values);
  if (!beginning.ok) return beginning;
  const { experiment, out, overwrite, totalSteps, stopAfter, continues } = beginning.value;
  const name = parseExecutorName(values.executor ?? (continues && provenanceNow(continues.record).executor));
  if (!name.ok) return name;
  const folder = openRunFolder(out, overwrite);
  if (!folder.ok) return folder;
  const dataset = await openDataset(experiment, data, output.note);
  if (!dataset.ok) return dataset;
  for (const line of [describeDataset(dataset.value), ...dataset.value.notes]) output.note(line);
  const executor = await openExecutor(name.value);
  if (!executor.ok) return executor;
  output.note(`On ${executor.value.name}: ${deviceInWords(executor.value)}.`);
  const opened = await Training.open(experiment, dataset.value, executor.value, { totalSteps, now: awakeNow });
  if (!opened.ok) return opened;
  const training = opened.value;
  const recorder = await startRecorder(out, training, executor.value, beginning.value, output.note);
  if (!recorder.ok) return recorder;
  const kept = new KeptRun(training, executor.value, recorder.value, every.value);

  const last = () => Math.min(training.position.totalSteps, stopAfter ?? Number.POSITIVE_INFINITY);
  const begun = folder.value.begin(experiment, recorder.value.history, continues !== undefined);
  if (!begun.ok) return begun;
  const progress = showProgress(last(), output.note);
  using interrupt = catchInterrupt(() => output.note('Ending after this step; everything done so far is kept.'));
  const ran = await trainRun(training, {
    last,
    betweenSteps: () => kept.betweenSteps(),
    stopped: interrupt.asked,
    breathe: interrupt.breathe,
    measured(measurement) {
      kept.measured(measurement);
      if (measurement.phase === 'train') progress.stepped(measurement);
      else progress.tested(measurement);
      return folder.value.measured(measurement.phase);
    },
  });
  progress.end();
  folder.value.close();
  if (!ran.ok) {
    if (ran.error.fault !== 'diverged') return ran;
    const recorded = await kept.finish('diverged');
    if (!recorded.ok) output.note(recorded.error.message);
    const checkpoints = await runIn(out).checkpointSteps();
    const keptStep = checkpoints.ok ? checkpoints.value[0] : undefined;
    const { learningRate } = training.experiment;
    return fail(divergedInWords(ran.error, { step: training.position.step, learningRate, out, keptStep }));
  }
  const ended = await kept.finish(training.finished ? 'finished' : 'unfinished');
  if (!ended.ok) return ended;
  const weights = await saveCheckpoint(training, executor.value);
  if (!weights.ok) return weights;
  const written = folder.value.finish(weights.value);
  if (!written.ok) return written;
  const { step, totalSteps: whole } = training.position;
  output.line(
    ran.value === undefined || ran.value.step < step ? `stopped after ${step} of ${whole} steps` : testLine(ran.value),
  );
  return ok(undefined);
}

async function help(): Promise<string> {
  return [
    'npm run -s train -- --experiment FILE|PRESET --out DIR [options]',
    'Trains an experiment, or repeats a run from its record.json with the changes made to it. Ctrl-C, SIGTERM or',
    'a closed terminal ends it after the step under way and keeps everything; --resume goes on from there with the same numbers.',
    '',
    describeOptions(options),
    '',
    await describeExperiments(),
  ].join('\n');
}
