import { expect } from 'vitest';
import { type RandomStream, randomStream } from '../../base/random.ts';
import { expectOk } from '../../base/result.ts';
import { partsOfRanges, type StepGraph } from '../../graph/graph.ts';
import { elements, isPersistent } from '../../graph/value.ts';
import type { Batch, Executor, Numbers } from '../executor.ts';
import { createInterpreter } from '../interpreter/interpreter.ts';
import { createTfjsExecutor, type TfjsExecutor } from '../tfjs/executor.ts';

/** Everything in this folder serves tests only: the same cases for every executor, judged by the interpreter. */

/** A new executor on one WASM thread. */
export const wasmExecutor = async (): Promise<TfjsExecutor> => expectOk(await createTfjsExecutor({ backend: 'wasm' }));

/** A stream of random numbers for a test; equal seeds give equal numbers. */
export const testStream = (seed: number): RandomStream => randomStream(seed, 'tfjs test');

/** |actual - expected| / |expected| over all numbers; |expected| counts as at least `smallest`, and as 1 where it is 0. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>, smallest = 0): number {
  expect(actual.length).toBe(expected.length);
  let difference = 0;
  let size = 0;
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] as number;
    difference += ((actual[index] as number) - value) ** 2;
    size += value ** 2;
  }
  return Math.sqrt(difference) / (Math.max(smallest, Math.sqrt(size)) || 1);
}

/** A batch of the sizes a graph wants, with labels below `classes`. */
export function randomBatch(graph: StepGraph, stream: RandomStream, classes = 3, largestOffset = 2): Batch {
  const length = (label: string) => elements(graph.values.find((value) => value.label === label)?.shape ?? [0]);
  return {
    images: Uint8Array.from({ length: length('images') }, () => stream.below(256)),
    labels: Int32Array.from({ length: length('labels') }, () => stream.below(classes)),
    crops: Int32Array.from({ length: length('crops') }, (_, at) => stream.below(at % 3 === 2 ? 2 : largestOffset + 1)),
  };
}

/** Random float32 contents of every persistent value of a graph; those of `optimiser` and variances are positive. */
export function randomContents(graph: StepGraph, stream: RandomStream): Map<string, Float32Array> {
  const ranges = partsOfRanges(graph);
  const stored = graph.values.filter(({ id, role }) => isPersistent(role) && !ranges.has(id));
  return new Map(
    stored.map(({ label, shape }) => {
      const normal = () => stream.normal();
      const positive = () => 0.2 + 2 * stream.uniform();
      return [label, Float32Array.from({ length: elements(shape) }, /ariance/.test(label) ? positive : normal)];
    }),
  );
}

export interface Case {
  readonly graph: StepGraph;
  readonly batch: Batch;
  readonly contents: ReadonlyMap<string, Float32Array>;
  readonly scalars?: Readonly<Record<string, number>>;
}

/** Runs a case once on an executor; all its persistent values and metrics afterwards, by label. */
export async function outcome(
  executor: Executor,
  { graph, batch, contents, scalars = {} }: Case,
): Promise<Map<string, Numbers>> {
  const program = expectOk(await executor.compile(graph));
  for (const [label, data] of contents) expectOk(await executor.write(label, data));
  expectOk(await program.run(scalars, batch));
  const results = new Map(expectOk(await program.metrics()));
  for (const label of contents.keys()) results.set(label, expectOk(await executor.read(label)));
  program.dispose();
  executor.drop([...contents.keys()]);
  return results;
}

/**
 * Checks that an executor ends a case with the interpreter's numbers, each value to a relative norm of `tolerance`. `smallest` is the
 * norm below which a value is the small rest of large terms, which float32 cannot know to so many digits.
 */
export async function expectAgreement(
  executor: Executor | Promise<Executor>,
  given: Case,
  tolerance = 5e-6,
  smallest = 0,
): Promise<void> {
  const expected = await outcome(createInterpreter(), given);
  const actual = await outcome(await executor, given);
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [label, numbers] of expected) {
    const error = relativeError(actual.get(label) as Numbers, numbers, smallest);
    expect(error, label).toBeLessThan(tolerance);
  }
}
