import { configurationOf } from '../../methods/configuration.ts';
import { type Preview, preview } from '../../methods/preview.ts';
import { commonOptions, describeOptions, parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { describeExperiments, experimentOptions, readExperiment } from '../experiment-arguments.ts';
import { planTable } from './plan-table.ts';

const options = {
  ...experimentOptions,
  json: { help: 'print one JSON object' },
  ...commonOptions,
} as const;

/** `plan`: what an experiment's training step costs in memory and arithmetic, beside back-propagation. Nothing is computed on. */
export const planCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options);
  if (!parsed.ok) {
    output.note(parsed.error.message);
    return 1;
  }
  const { values } = parsed.value;
  if (values.help) {
    output.line(
      [
        'npm run -s plan -- --experiment FILE|PRESET [--set KEY=VALUE]... [--json]',
        'Memory and arithmetic of a training step, planned from its graphs without running them.',
        '',
        describeOptions(options),
        '',
        await describeExperiments(),
      ].join('\n'),
    );
    return 0;
  }
  const experiment = readExperiment(values);
  if (!experiment.ok) {
    output.note(experiment.error.message);
    return 1;
  }
  const plan = preview(configurationOf(experiment.value), experiment.value);
  output.line(values.json ? JSON.stringify(publicPlan(plan)) : planTable(experiment.value, plan));
  return 0;
};

/** What `--json` prints: the plan without what only the page shows. */
function publicPlan({ persistentBytes: _, ...shown }: Preview): Omit<Preview, 'persistentBytes'> {
  return shown;
}
