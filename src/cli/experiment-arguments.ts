import { existsSync, readFileSync, statSync } from 'node:fs';
import { fail, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { fieldNames, fields } from '../experiment/fields.ts';
import { applySettings } from '../experiment/parse-setting.ts';
import { parseExperimentText } from '../experiment/parse-text.ts';
import { presetExperiment, suggestedPresets } from '../experiment/presets.ts';
import type { Options } from './arguments.ts';
import { listExecutors } from './executors.ts';
import { fileReason } from './file-errors.ts';

/** Options of every command that takes an experiment. */
export const experimentOptions = {
  experiment: { value: 'FILE|PRESET', help: "a preset, or a JSON file such as a run's experiment.json" },
  set: { value: 'KEY=VALUE', multiple: true, help: 'change a field of the experiment; may be given many times' },
} as const satisfies Options;

/** No experiment is longer; anything larger is another file. */
const largestFile = 1024 * 1024;

/** The experiment that `--experiment` and `--set` describe. Errors name the file or the field. */
export function readExperiment(values: {
  readonly experiment: string | undefined;
  readonly set: readonly string[];
}): Result<Experiment> {
  const { experiment: name, set } = values;
  if (name === undefined)
    return fail(
      `--experiment is missing. It takes a preset, such as ${suggestedPresets[0]}, or a JSON file.`,
      '--experiment',
    );
  const preset = presetExperiment(name);
  const found = preset.ok || !isPath(name) ? preset : readExperimentFile(name);
  return found.ok ? applySettings(found.value, set) : found;
}

const isPath = (name: string): boolean => /\.json$/i.test(name) || existsSync(name);

function readExperimentFile(path: string): Result<Experiment> {
  try {
    const status = statSync(path);
    if (status.isDirectory()) return fail(`${path} is a folder. Name the experiment.json in it.`, path);
    if (status.size > largestFile)
      return fail(`${path} is too large to be an experiment (${status.size} bytes). Choose an experiment.json.`, path);
    return parseExperimentText(readFileSync(path, 'utf8'), path);
  } catch (error) {
    return fail(
      `${path} cannot be read: ${fileReason(error)}. Name an experiment.json, or a preset such as ${suggestedPresets[0]}.`,
      path,
    );
  }
}

/** Fields with units and ranges, presets, and executors usable here: the second half of `--help`. */
export async function describeExperiments(): Promise<string> {
  const width = Math.max(...fieldNames.map((name) => name.length)) + 4;
  const fieldLines = fieldNames.map((name) => {
    const { title, unit, range } = fields[name];
    return `  ${name.padEnd(width - 2)}${title}${unit === undefined ? '' : ` [${unit}]`}: ${range}`;
  });
  const executors = await listExecutors();
  const executorLines = executors.map(
    ({ name, usable, reason }) => `  ${name.padEnd(13)}${usable ? '' : 'not here: '}${reason}`,
  );
  return [
    'Fields (KEY of --set):',
    ...fieldLines,
    '',
    'Presets (any FAMILY/NETWORK-CUTS works):',
    ...suggestedPresets.map((name) => `  ${name}`),
    '',
    'Executors:',
    ...executorLines,
  ].join('\n');
}
