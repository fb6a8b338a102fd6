import { ok, type Result } from '../base/result.ts';
import type { StepConfiguration } from '../methods/configuration.ts';
import type { Executor } from '../runtime/executor.ts';
import { fits, persistentByLabel, readAll, writeAll, writeInitial } from './persistent.ts';
import { compilePrograms, type Programs } from './programs.ts';

/** How an exchange of programs ended. */
export interface Exchange {
  /** What there is now: the new programs, or on failure the old configuration's, compiled again. */
  readonly programs: Programs;
  /** Owners (blocks, auxiliary networks, probes) with parameters that started anew; or why nothing was exchanged. */
  readonly fresh: Result<readonly string[]>;
}

/**
 * Compiles the programs of another configuration in place of those there are, and keeps every persistent value whose name and shape
 * agree, velocities included; the rest starts at its initial value, drawn from `seed`. On failure all is as it was, except where even the
 * old programs cannot be compiled again.
 */
export async function exchangePrograms(
  executor: Executor,
  old: { readonly programs: Programs; readonly configuration: StepConfiguration },
  configuration: StepConfiguration,
  seed: number,
): Promise<Exchange> {
  const before = persistentByLabel(old.programs.graphs);
  const contents = await readAll(executor, before.keys());
  if (!contents.ok) return { programs: old.programs, fresh: contents };
  old.programs.dispose();
  executor.drop([...before.keys()]);
  const programs = await compilePrograms(executor, configuration);
  if (!programs.ok) return restore(programs);
  const after = persistentByLabel(programs.value.graphs);
  const kept = [...after.values()].filter((value) => fits(before.get(value.label), value));
  const anew = [...after.values()].filter((value) => !fits(before.get(value.label), value));
  const labels = new Set(kept.map(({ label }) => label));
  const written = await writeAll(executor, new Map([...contents.value].filter(([label]) => labels.has(label))));
  const drawn = written.ok ? await writeInitial(executor, anew, seed) : written;
  if (!drawn.ok) {
    programs.value.dispose();
    executor.drop([...after.keys()]);
    return restore(drawn);
  }
  const owners = anew.filter(({ role }) => role === 'parameter').map(({ owner }) => owner);
  return { programs: programs.value, fresh: ok([...new Set(owners)]) };

  async function restore(failure: Result<never>): Promise<Exchange> {
    const again = await compilePrograms(executor, old.configuration);
    if (!again.ok) return { programs: old.programs, fresh: again };
    const rewritten = contents.ok ? await writeAll(executor, contents.value) : contents;
    return { programs: again.value, fresh: rewritten.ok ? failure : rewritten };
  }
}
