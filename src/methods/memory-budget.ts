import { failWith, ok, type Problem, type Remedy, type Result } from '../base/result.ts';
import type { ImageFormat } from '../datasets/image-formats.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { MemoryBudget } from '../experiment/limits.ts';
import { parseExperiment } from '../experiment/schema.ts';
import { searchBatch } from './batch-search.ts';
import { configurationOf } from './configuration.ts';
import { type ModulePlan, planStep, type StepPlan } from './preview.ts';

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
  const { peakBytes } = planOf(experiment, format);
  if (peakBytes <= budget.bytes) return ok(undefined);
  const remedies = remediesFor(experiment, format, budget.bytes);
  const batch = largestBatch(experiment, format, budget.bytes);
  const largest =
    batch === undefined ? 'No batch fits with these settings.' : `The largest batch that fits is ${batch}.`;
  const refused = failWith(
    'over-budget',
    `This experiment needs ${megabytes(peakBytes)}, more than ${budgetInWords(budget)}. ${largest}`,
    'batch',
  );
  return { ok: false, error: { ...refused.error, remedies } };
}

/** A problem for want of memory, with who asks for the most and what would need less. Other problems as they are. */
export function withRemedies(problem: Problem, experiment: Experiment, format: ImageFormat): Problem {
  if (problem.fault !== 'out-of-memory') return problem;
  const plan = planOf(experiment, format);
  const largest = [...plan.modules].sort((a, b) => totalOf(b) - totalOf(a))[0];
  const who = largest === undefined ? '' : ` The most is asked for by ${largest.name}: ${asks(largest)}.`;
  return {
    ...problem,
    message: `${problem.message} The step is planned at ${megabytes(plan.peakBytes)}.${who}`,
    // What just did not fit is no measure of what would: a quarter less is a step that can be felt.
    remedies: remediesFor(experiment, format, 0.75 * plan.peakBytes),
  };
}

/** The largest batch, no larger than the experiment's, whose plan fits; undefined where not even two images do. */
export function largestBatch(experiment: Experiment, format: ImageFormat, bytes: number): number | undefined {
  // InfoPro's contrast needs pairs; two is the least that every method takes.
  const search = searchBatch(bytes, 2, experiment.batch);
  let turn = search.next();
  while (!turn.done) turn = search.next(planOf({ ...experiment, batch: turn.value }, format).peakBytes);
  return turn.value.kind === 'found' ? turn.value.batch : undefined;
}

/** Changes of an experiment whose plans fit into `bytes`, and what they come to. */
export function remediesFor(experiment: Experiment, format: ImageFormat, bytes: number): Remedy[] {
  const batch = largestBatch(experiment, format, bytes);
  const candidates: readonly (readonly [words: string, change: Partial<Experiment>])[] = [
    ...(batch === undefined || batch === experiment.batch ? [] : [[`batch ${batch}`, { batch }] as const]),
    ['every block a module', { cuts: 'all' }],
    ['one patch at a time', { patchesAtOnce: 1 }],
    ['every block a module, one patch at a time', { cuts: 'all', patchesAtOnce: 1 }],
  ];
  return candidates.flatMap(([words, change]) => {
    const changed = parseExperiment({ ...experiment, ...change });
    if (!changed.ok) return [];
    const { peakBytes } = planOf(changed.value, format);
    return peakBytes <= bytes ? [{ words: `${words}, ${megabytes(peakBytes)}`, experiment: { ...changed.value } }] : [];
  });
}

const planOf = (experiment: Experiment, format: ImageFormat): StepPlan => planStep(configurationOf(experiment, format));

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

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
