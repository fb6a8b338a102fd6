import { failWith, ok, type Problem, type Result } from '../base/result.ts';
import type { ImageFormat } from '../datasets/image-formats.ts';
import { resolutions } from '../experiment/data-sets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { MemoryBudget } from '../experiment/limits.ts';
import { networkNames } from '../experiment/networks.ts';
import { configurationOf } from './configuration.ts';
import { leastOf, megabytes, Planner, remediesFor } from './memory-remedies.ts';
import { type ModulePlan, planStep } from './preview.ts';

/** In a sentence: "more than ...". */
export const budgetInWords = ({ bytes, setBy }: MemoryBudget): string =>
  setBy === 'user'
    ? `your memory budget of ${megabytes(bytes)}`
    : `the ${megabytes(bytes)} that the teacher's link allows`;

/**
 * Whether an experiment's plan fits a budget.
 *
 * @param budget undefined: there is none
 * @returns a refusal that says whose budget it is, the largest batch that fits, and other ways on
 */
export function checkBudget(
  experiment: Experiment,
  format: ImageFormat,
  budget: MemoryBudget | undefined,
): Result<void> {
  if (budget === undefined) return ok(undefined);
  const planner = new Planner(format);
  const peakBytes = planner.peakOf(experiment);
  if (peakBytes <= budget.bytes) return ok(undefined);
  const remedies = remediesFor(experiment, planner, budget.bytes);
  const batch = planner.largestBatch(experiment, budget.bytes);
  const largest =
    batch === undefined ? whereNoneFits(experiment, planner, budget) : `The largest batch that fits is ${batch}.`;
  const refused = failWith(
    'over-budget',
    `This experiment needs ${megabytes(peakBytes)}, more than ${budgetInWords(budget)}. ${largest}`,
    'batch',
  );
  return { ok: false, error: { ...refused.error, remedies } };
}

/** What at least is needed, and what needs less. */
function whereNoneFits(experiment: Experiment, planner: Planner, budget: MemoryBudget): string {
  const { words, bytes } = leastOf(experiment, planner);
  if (bytes <= budget.bytes) return `No batch fits with these settings as they are; ${words} does.`;
  // Rounded up, so that a budget of this many is enough.
  const least = `${(Math.ceil(bytes / 1e5) / 10).toFixed(1)} MB`;
  const raise =
    budget.setBy === 'user' ? `raise the budget to at least ${least}` : `ask for a link that allows at least ${least}`;
  return `No batch fits with these settings: ${words} would need ${least}. Choose ${smallerIn(experiment)}, or ${raise}.`;
}

/** What of an experiment could still be chosen smaller, in words after "choose". */
function smallerIn({ network, resolution }: Experiment): string {
  const parts = [
    'a narrower network',
    ...(network === networkNames[0] ? [] : ['one with fewer blocks']),
    ...(resolution > resolutions[0] ? ['a smaller resolution'] : []),
  ];
  return parts.join(', or ');
}

/** A problem for want of memory, with who asks for the most and what would need less. Other problems as they are. */
export function withRemedies(problem: Problem, experiment: Experiment, format: ImageFormat): Problem {
  if (problem.fault !== 'out-of-memory') return problem;
  const plan = planStep(configurationOf(experiment, format));
  const largest = [...plan.modules].sort((a, b) => totalOf(b) - totalOf(a))[0];
  const who = largest === undefined ? '' : ` The most is asked for by ${largest.name}: ${asks(largest)}.`;
  // What just did not fit is no measure of what would: a quarter less is a step that can be felt.
  const remedies = remediesFor(experiment, new Planner(format), 0.75 * plan.peakBytes);
  const otherwise =
    remedies.length > 0 ? '' : ` Close other pages that use the GPU, or choose ${smallerIn(experiment)}.`;
  return {
    ...problem,
    message: `${problem.message} The step is planned at ${megabytes(plan.peakBytes)}.${who}${otherwise}`,
    remedies,
  };
}

const totalOf = (module: ModulePlan): number =>
  module.parameterBytes + module.optimiserBytes + module.activationBytes + module.gradientBytes + module.workspaceBytes;

/** What a module asks for most, at its height: roles are not all at theirs at the same time. */
function asks(module: ModulePlan): string {
  const parts: readonly (readonly [what: string, bytes: number])[] = [
    ['parameters', module.parameterBytes],
    ["the optimiser's state", module.optimiserBytes],
    ['activations', module.activationBytes],
    ['gradients', module.gradientBytes],
    ['scratch space of kernels', module.workspaceBytes],
  ];
  const largest = parts.filter(([, bytes]) => bytes > 0).sort((one, other) => other[1] - one[1]);
  return largest
    .slice(0, 2)
    .map(([what, bytes]) => `${megabytes(bytes)} for ${what}`)
    .join(', ');
}
