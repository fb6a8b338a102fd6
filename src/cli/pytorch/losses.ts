import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Measurement } from '../../runs/measurement.ts';

/** Unweighted losses of a step under the names of the golden files. */
export type NamedLosses = ReadonlyMap<string, number>;

const line = v.object({ step: v.number(), losses: v.record(v.string(), v.number()) });

/** The losses of every training step in a `metrics.jsonl` of `train.py`, by step. */
export function readMetricLines(path: string): Map<number, NamedLosses> {
  const steps = new Map<number, NamedLosses>();
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const parsed = v.safeParse(line, text === '' ? undefined : JSON.parse(text));
    if (parsed.success) steps.set(parsed.output.step, new Map(Object.entries(parsed.output.losses)));
  }
  return steps;
}

/** Losses of a measurement that both sides have, by those names. */
export function namedLosses({ modules, final }: Measurement): NamedLosses {
  const losses = new Map<string, number>();
  const last = modules.length - 1;
  const put = (name: string, loss: number | undefined) => loss !== undefined && losses.set(name, loss);
  const hilo = modules[last]?.cascade !== undefined;
  modules.forEach(({ block, independent, cascade, reconstruction, probe }, index) => {
    if (hilo || index < last) put(`ian.${index}.task`, independent?.loss);
    put(`can.${index}.task`, cascade?.loss);
    put(`${hilo ? 'can' : 'ian'}.${index}.reconstruction`, reconstruction);
    put(`probe.${block}`, probe?.loss);
  });
  if (!hilo) put(`final.${last}.task`, final.loss);
  return losses;
}

/** The worst relative difference, infinite where the names differ. */
export function worstDifference(found: NamedLosses, wanted: NamedLosses): number {
  if ([...found.keys()].sort().join() !== [...wanted.keys()].sort().join()) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...[...wanted].map(([name, loss]) => Math.abs((found.get(name) as number) - loss) / Math.max(1e-3, Math.abs(loss))),
  );
}
