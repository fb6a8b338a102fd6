import type { StepConfiguration } from './configuration.ts';

/** Which auxiliary network of a module: `local` is the only one without HiLo. */
export type Purpose = 'independent' | 'cascade' | 'local';

/**
 * A loss term (method.md 4): the loss of module `module`'s auxiliary network, or of the head at the last module; its
 * gradient reaches modules max(0, module-window+1)..module.
 */
export interface Term {
  readonly module: number;
  readonly purpose: Purpose;
  readonly window: number;
  /** Whether a decoder's reconstruction is part of the loss. */
  readonly reconstruct: boolean;
}

/** The terms of a configuration, in order of module; a method is nothing else. */
export function termsOf(configuration: StepConfiguration): Term[] {
  const { method, hilo, window, firstIndependent, cuts } = configuration;
  const modules = cuts.length;
  const last = modules - 1;
  if (method === 'bp' || modules === 1)
    return [{ module: last, purpose: 'local', window: modules, reconstruct: false }];
  const decoders = method === 'infopro';
  const terms: Term[] = [];
  for (let module = 0; module < modules; module++) {
    const reconstruct = decoders && module < last;
    if (!hilo) terms.push({ module, purpose: 'local', window, reconstruct });
    else {
      if (module > 0 || firstIndependent) terms.push({ module, purpose: 'independent', window: 1, reconstruct: false });
      if (module > 0) terms.push({ module, purpose: 'cascade', window, reconstruct });
    }
  }
  return terms;
}

/** How far the widest term reaches. */
export const widestWindow = (terms: readonly Term[]): number => Math.max(...terms.map((term) => term.window));

/** Name of the runtime scalar that weighs a part of a term; keyed by block, so that it means the same after a re-cut. */
export const weightName = (block: string, purpose: Purpose, part: 'task' | 'reconstruction'): string =>
  `weight.${block}.${purpose}.${part}`;
