import { ok, type Result } from '../base/result.ts';
import type { StepGraph } from '../graph/graph.ts';
import { isPersistent, type Value } from '../graph/value.ts';
import { initialValues } from '../network/initial-values.ts';
import type { Executor, Numbers } from '../runtime/executor.ts';

/** Persistent values of some graphs by label; ranges are left out, as executors store their parts. */
export function persistentByLabel(graphs: readonly StepGraph[]): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const graph of graphs) {
    const ranges = new Set(graph.values.map(({ part }) => part?.of));
    for (const value of graph.values)
      if (isPersistent(value.role) && !ranges.has(value.id)) values.set(value.label, value);
  }
  return values;
}

/** Writes the initial contents, drawn from `seed`, of every value given. */
export async function writeInitial(executor: Executor, values: Iterable<Value>, seed: number): Promise<Result<void>> {
  for (const value of values) {
    const written = await executor.write(value.label, initialValues(value, seed));
    if (!written.ok) return written;
  }
  return ok(undefined);
}

/** Copies of persistent values. */
export async function readAll(
  executor: Executor,
  labels: Iterable<string>,
): Promise<Result<ReadonlyMap<string, Numbers>>> {
  const taken = await executor.snapshot([...labels]);
  return taken.ok ? taken.value.values() : taken;
}

/** Writes values read before. */
export async function writeAll(executor: Executor, contents: ReadonlyMap<string, Numbers>): Promise<Result<void>> {
  for (const [label, data] of contents) {
    const written = await executor.write(label, data);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

/** Whether two values of one label can share contents. */
export const fits = (before: Value | undefined, after: Value): boolean =>
  before !== undefined &&
  before.shape.length === after.shape.length &&
  before.shape.every((size, index) => size === after.shape[index]);
