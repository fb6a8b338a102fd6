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

/** What only the page shows. */
const ofThePage = ['persistentBytes', 'course', 'bpCourse', 'bpModules'] as const satisfies readonly (keyof Preview)[];

/** What `--json` prints: the plan without that, and bytes alive (persistent ones included) at every node of the training step. */
function publicPlan(plan: Preview): object {
  const shown = Object.entries(plan).filter(([key]) => !(ofThePage as readonly string[]).includes(key));
  return { ...Object.fromEntries(shown), timeline: Array.from(plan.course.bytes, (bytes, node) => [node, bytes]) };
}
