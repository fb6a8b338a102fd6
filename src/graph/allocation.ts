import type { StepGraph } from './graph.ts';
import { alignedBytes, isPersistent, type Value, valueBytes } from './value.ts';

/** Steps whose metrics may be on their way from the device at once. */
export const metricSlots = 4;

/** What an executor holds apart from the arena: values that outlive a step and the batch, each once, by label. */
export function storedValues(graphs: readonly StepGraph[]): Value[] {
  const persistent = new Map<string, Value>();
  const inputs = new Map<string, Value>();
  for (const graph of graphs) {
    for (const value of graph.values) {
      if (value.part !== undefined) continue;
      if (value.role === 'input') inputs.set(value.label, value);
      else if (isPersistent(value.role)) persistent.set(value.label, value);
    }
  }
  return [...persistent.values(), ...inputs.values()];
}

/** What a program holds for itself: its metrics, the slots they are read through, and its runtime scalars. */
export interface ProgramBytes {
  readonly metrics: number;
  readonly slots: number;
  readonly scalars: number;
}

/** Bytes of what a program of this graph holds for itself. */
export function programBytes(graph: StepGraph): ProgramBytes {
  const metrics = graph.values
    .filter(({ role }) => role === 'metric')
    .reduce((sum, value) => sum + alignedBytes(valueBytes(value)), 0);
  return { metrics, slots: metricSlots * metrics, scalars: alignedBytes(16 * Math.ceil(graph.scalars.length / 4)) };
}

/** Bytes an executor holds for some programs at once: what is stored, what each holds for itself, and the arena of the largest. */
export function totalBytes(graphs: readonly StepGraph[], arenaBytes: readonly number[]): number {
  const stored = storedValues(graphs).reduce((sum, value) => sum + alignedBytes(valueBytes(value)), 0);
  const own = graphs.map(programBytes).reduce((sum, { metrics, slots, scalars }) => sum + metrics + slots + scalars, 0);
  return stored + own + Math.max(0, ...arenaBytes);
}
