import type { Experiment } from '../experiment/experiment.ts';
import { blockKey } from '../network/network-shape.ts';
import type { StepConfiguration } from './configuration.ts';
import { type Term, termsOf, weightName } from './terms.ts';

/** The experiment's fields that weigh losses; they may change between any two steps. */
export type LossScalars = Pick<Experiment, 'wx' | 'wy' | 'ixx' | 'ixy'>;

/** Values of the weight scalars of the train graph (method.md 3 and 4), by name. */
export function lossWeights(configuration: StepConfiguration, scalars: LossScalars): Record<string, number> {
  const weights: Record<string, number> = {};
  for (const term of termsOf(configuration)) {
    const block = blockKey(configuration.cuts[term.module] as readonly [number, number]);
    const { task, reconstruction } = termWeights(configuration, scalars, term);
    weights[weightName(block, term.purpose, 'task')] = task;
    if (term.reconstruct) weights[weightName(block, term.purpose, 'reconstruction')] = reconstruction;
  }
  return weights;
}

/** Weights of the task and the reconstruction part of one term. */
export function termWeights(
  configuration: StepConfiguration,
  { wx, wy, ixx, ixy }: LossScalars,
  term: Term,
): { readonly task: number; readonly reconstruction: number } {
  const modules = configuration.cuts.length;
  const outer = { independent: wx, cascade: wy, local: 1 }[term.purpose];
  const auxiliary = term.module < modules - 1;
  if (configuration.method !== 'infopro' || !auxiliary || term.purpose === 'independent') {
    return { task: outer, reconstruction: 0 };
  }
  // Linear from module 0 to module K-2; for K = 2 the first pair.
  const share = modules > 2 ? term.module / (modules - 2) : 0;
  const between = ([first, last]: readonly [number, number]) => first + (last - first) * share;
  return { task: outer * between(ixy), reconstruction: outer * between(ixx) };
}

/** Modules and auxiliary networks that no weighted loss reaches: they learn nothing. Names as people read them. */
export function withoutGradient(configuration: StepConfiguration, scalars: LossScalars): string[] {
  const modules = configuration.cuts.length;
  const reached = new Set<number>();
  const idle: string[] = [];
  for (const term of termsOf(configuration)) {
    const { task, reconstruction } = termWeights(configuration, scalars, term);
    const network = term.purpose === 'local' ? 'auxiliary network' : `${term.purpose} auxiliary network`;
    const auxiliary = term.module < modules - 1;
    if (auxiliary && task === 0) idle.push(`classifier of the ${network} of module ${term.module}`);
    if (term.reconstruct && reconstruction === 0) idle.push(`decoder of the ${network} of module ${term.module}`);
    if (task === 0 && reconstruction === 0) continue;
    for (let module = Math.max(0, term.module - term.window + 1); module <= term.module; module++) reached.add(module);
  }
  const silent = Array.from({ length: modules }, (_, module) => module).filter((module) => !reached.has(module));
  return [...silent.map((module) => `module ${module}`), ...idle];
}
