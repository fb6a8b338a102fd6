import { fail, ok, type Result } from '../../base/result.ts';
import { describe as describeDataset } from '../../datasets/dataset.ts';
import { applySettings } from '../../experiment/parse-setting.ts';
import { saveCheckpoint } from '../../trainer/checkpoint.ts';
import { Training } from '../../trainer/training.ts';
import { commonOptions, describeOptions, parseArguments, type ValuesOf, wholeNumber } from '../arguments.ts';
import type { Command, Output } from '../command.ts';
import { openExecutor, parseExecutorName } from '../executors.ts';
import { describeExperiments, experimentOptions, readExperiment } from '../experiment-arguments.ts';
import { openDataset } from './data-folder.ts';
import { catchInterrupt } from './interrupt.ts';
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
  out: { value: 'DIR', help: 'folder for weights.safetensors, experiment.json and metrics.csv' },
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
  const { out, data, overwrite } = values;
  if (out === undefined) return fail('--out is missing. Name a folder for the run.', '--out');
  const length = readLength(values);
  if (!length.ok) return length;
  const { steps, epochs, stopAfter } = length.value;
  const read = readExperiment(values);
  const experiment = read.ok && epochs !== undefined ? applySettings(read.value, [`epochs=${epochs}`]) : read;
  if (!experiment.ok) return experiment;
  const name = parseExecutorName(values.executor);
  if (!name.ok) return name;
  const folder = openRunFolder(out, overwrite);
  if (!folder.ok) return folder;
  const dataset = await openDataset(experiment.value, data, output.note);
  if (!dataset.ok) return dataset;
  for (const line of [describeDataset(dataset.value), ...dataset.value.notes]) output.note(line);
  const executor = await openExecutor(name.value);
  if (!executor.ok) return executor;
  output.note(`On ${executor.value.name}: ${executor.value.description}.`);
  const opened = await Training.open(experiment.value, dataset.value, executor.value, { totalSteps: steps });
  if (!opened.ok) return opened;
  const training = opened.value;

  const last = Math.min(training.position.totalSteps, stopAfter ?? Number.POSITIVE_INFINITY);
  const begun = folder.value.begin(experiment.value, training.stepConfiguration.cuts.length);
  if (!begun.ok) return begun;
  const progress = showProgress(last, output.note);
  const interrupt = catchInterrupt(() => output.note('Ending after this step; everything done so far is kept.'));
  const ran = await trainRun(training, {
    last,
    stopped: interrupt.asked,
    breathe: interrupt.breathe,
    measured(measurement) {
      if (measurement.phase === 'train') progress.stepped(measurement);
      else progress.tested(measurement);
      return folder.value.measured(measurement);
    },
  });
  progress.end();
  folder.value.close();
  if (!ran.ok) return ran;
  const weights = await saveCheckpoint(training, executor.value);
  if (!weights.ok) return weights;
  const written = folder.value.finish(weights.value);
  if (!written.ok) return written;
  const { step, totalSteps } = training.position;
  output.line(
    ran.value === undefined || ran.value.step < step
      ? `stopped after ${step} of ${totalSteps} steps`
      : testLine(ran.value),
  );
  return ok(undefined);
}

/** The options that say how long to train. */
function readLength(
  values: ValuesOf<typeof options>,
): Result<Record<'steps' | 'epochs' | 'stopAfter', number | undefined>> {
  const steps = wholeNumber('steps', values.steps, 1, 100_000_000);
  if (!steps.ok) return steps;
  const epochs = wholeNumber('epochs', values.epochs, 1, 10_000);
  if (!epochs.ok) return epochs;
  const stopAfter = wholeNumber('stop-after', values['stop-after'], 1, 100_000_000);
  if (!stopAfter.ok) return stopAfter;
  if (steps.value !== undefined && epochs.value !== undefined) {
    return fail('--steps and --epochs both set the length of the schedule. Give one of them.', '--steps');
  }
  return ok({ steps: steps.value, epochs: epochs.value, stopAfter: stopAfter.value });
}

async function help(): Promise<string> {
  return [
    'npm run -s train -- --experiment FILE|PRESET --out DIR [options]',
    'Trains an experiment. Ctrl-C ends it after the step under way and keeps everything.',
    '',
    describeOptions(options),
    '',
    await describeExperiments(),
  ].join('\n');
}
