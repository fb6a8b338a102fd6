import type { GraphBuilder } from '../graph/builder.ts';
import { add } from '../graph/kinds/update.ts';
import type { ValueId } from '../graph/value.ts';

/** What the schedule needs to know of the modules it walks over. */
export interface ScheduledModules {
  readonly count: number;
  /** Window of the wide terms: how many modules, from their own downward, their gradient reaches; 1 to `count`. */
  readonly window: number;
  /** Appends E_i. */
  forward(index: number): void;
  /** Appends the wide terms that end at E_i; returns their cotangent at h_i. */
  wideTerms(index: number): ValueId | undefined;
  /** Whether terms of window 1 end at E_i. */
  hasNarrowTerms(index: number): boolean;
  /** Appends those; returns their cotangent at h_i, `accumulate` included. */
  narrowTerms(index: number, accumulate: ValueId | undefined): ValueId | undefined;
  /** Appends a pullback of E_i; returns the cotangent at its input where wanted, `accumulate` included. */
  pull(
    index: number,
    cotangent: ValueId,
    wanted: { readonly input: boolean; readonly parameters: boolean },
    accumulate: ValueId | undefined,
  ): ValueId | undefined;
  /** Appends the updates of E_i's parameters. */
  update(index: number): void;
}

/**
 * The schedule with one forward pass (method.md 4): every module goes forward once; what a wide term still has to cross is pulled
 * through a module's inputs only, and all that reaches a module is summed before its parameters are pulled back, once. Terms of
 * window 1 run when the wide cotangent at their module has been pulled, and add to it in place: only the sum is ever kept.
 */
export function appendSchedule(builder: GraphBuilder, modules: ScheduledModules): void {
  const { count, window } = modules;
  /** Gathered at h_j: the wide terms that end there, what was pulled down to it and, once `complete`, the narrow terms. */
  const gathered: (ValueId | undefined)[] = [];
  const complete = new Set<number>();
  const finished = new Set<number>();

  const addNarrow = (index: number): void => {
    if (complete.has(index) || finished.has(index)) return;
    complete.add(index);
    if (modules.hasNarrowTerms(index)) gathered[index] = modules.narrowTerms(index, gathered[index]);
  };
  const finish = (index: number): void => {
    if (finished.has(index)) return;
    addNarrow(index);
    finished.add(index);
    const cotangent = gathered[index];
    if (cotangent !== undefined) modules.pull(index, cotangent, { input: false, parameters: true }, undefined);
    modules.update(index);
  };

  for (let i = 0; i < count; i++) {
    modules.forward(i);
    gathered[i] = modules.wideTerms(i);
    const lowest = i - window + 1;
    if (lowest < 0) continue;

    // The first `window` terms all end at E_0, so at i = window-1 they go on together.
    const merging = lowest === 0;
    let pulled = gathered[i];
    for (let j = i; j > lowest; j--) {
      const below = j - 1;
      if (pulled === undefined) {
        if (merging) pulled = gathered[below];
        continue;
      }
      // Where this is all that E_j will ever get, the same pass pulls its parameters back.
      const both = i === count - 1 && gathered[j] === pulled && !modules.hasNarrowTerms(j);
      const goesOnAlone = !merging && below > lowest;
      const joined = goesOnAlone ? undefined : gathered[below];
      pulled = modules.pull(j, pulled, { input: true, parameters: both }, joined) as ValueId;
      if (both) {
        finished.add(j);
        modules.update(j);
      }
      gathered[below] = goesOnAlone ? sum(builder, gathered[below], pulled, below) : pulled;
    }
    for (let j = i; j > lowest; j--) addNarrow(j);
    finish(lowest);
  }
  for (let j = count - 1; j > count - window; j--) finish(j);
}

function sum(builder: GraphBuilder, a: ValueId | undefined, b: ValueId, module: number): ValueId {
  if (a === undefined) return b;
  return builder.within({ phase: 'backward', module }, () => add(builder, { value: a }, { value: b }));
}
