import type { Experiment } from '../../experiment/experiment.ts';
import type { CutWord } from '../../experiment/networks.ts';
import { type Family, methodOfFamily } from '../../experiment/presets.ts';
import { resolveCuts } from '../../network/cuts.ts';
import { experimentInWords, methodInWords, modulesOf } from '../compare/experiment-words.ts';
import { type Change, edit } from '../edit.ts';

/** A method of a sweep: a family of presets, or the one in the controls. */
export type SweepMethod = 'own' | Family;

/** What a sweep varies; each of the rest is as in the controls. */
export interface SweepChoice {
  readonly methods: readonly SweepMethod[];
  /** Empty: as in the controls. */
  readonly cuts: readonly CutWord[];
  /** Number of seeds, from the experiment's own upwards. */
  readonly seeds: number;
}

export interface SweepMember {
  readonly title: string;
  readonly experiment: Experiment;
  /** What had to change along with what was asked for. */
  readonly alsoChanged: readonly string[];
}

/** The runs of a sweep, and the combinations that are not possible, each with why. */
export interface SweepPlan {
  readonly members: readonly SweepMember[];
  readonly refused: readonly { readonly title: string; readonly message: string }[];
  /** Methods whose K = 1 is one run of all of them; 0 where it is not shared. */
  readonly sharedBp: number;
}

/**
 * All combinations of methods, cuts and seeds. What comes to the same run is there once: K = 1, which is back-propagation under every
 * method, or "all" where that is K = 3.
 */
export function planSweep(base: Experiment, { methods, cuts, seeds }: SweepChoice): SweepPlan {
  const members: SweepMember[] = [];
  const refused: { title: string; message: string }[] = [];
  const seen = new Set<string>();
  const atOne = new Set<SweepMethod>();
  const places: readonly (CutWord | undefined)[] = cuts.length === 0 ? [undefined] : cuts;
  for (const method of methods.length === 0 ? (['own'] as const) : methods) {
    for (const place of places) {
      for (let seed = 0; seed < seeds; seed++) {
        const edited = edit(base, changeFor(base, method, place, base.seed + seed));
        if (!edited.ok) {
          const title = `${method === 'own' ? methodInWords(base) : method}, ${place}`;
          if (!refused.some((other) => other.title === title)) refused.push({ title, message: edited.error.message });
          continue;
        }
        const { experiment, alsoChanged } = edited.value;
        if (modulesOf(experiment) === 1) atOne.add(method);
        const key = sameRun(experiment);
        if (seen.has(key)) continue;
        seen.add(key);
        members.push({ title: titleOf(experiment, seeds), experiment, alsoChanged });
      }
    }
  }
  return { members, refused, sharedBp: atOne.size > 1 ? atOne.size : 0 };
}

function changeFor(base: Experiment, method: SweepMethod, cuts: CutWord | undefined, seed: number): Change {
  const ofMethod = method === 'own' ? {} : methodOfFamily(method);
  const reset = cuts === undefined ? {} : { cuts };
  // With fewer modules than the window reaches, the repairs of `edit` shorten it: only a field that was asked for is never overruled.
  const { window, bn, ...rest } = ofMethod;
  const asked = { ...rest, ...reset, ...(seed === base.seed ? {} : { seed }) };
  const modules = modulesOf({ ...base, ...asked });
  return {
    ...asked,
    ...(window === undefined ? {} : { window: Math.min(window, modules) }),
    ...(bn === undefined ? {} : { bn: modules < 2 ? 'once' : bn }),
  };
}

const titleOf = (experiment: Experiment, seeds: number): string =>
  seeds > 1 ? `${experimentInWords(experiment)}, seed ${experiment.seed}` : experimentInWords(experiment);

/** Equal for experiments that train the same: cuts as blocks, and none under back-propagation, which one module is under every method. */
const sameRun = (experiment: Experiment): string =>
  JSON.stringify(
    modulesOf(experiment) === 1
      ? [experiment.network, experiment.widths, experiment.seed, 'bp']
      : { ...experiment, cuts: resolveCuts(experiment) },
  );
