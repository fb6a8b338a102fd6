import type { RandomStream } from '../../base/random.ts';
import type { Role, ValueId } from '../../graph/value.ts';
import { graphBuilder } from '../interpreter/test-support.ts';
import { type Case, randomBatch, randomContents, testStream } from './agreement.ts';

export type Builder = ReturnType<typeof graphBuilder>;

/** A case from a function that appends values and nodes: roles `state` come in, `metric` and `state` go out. */
export function caseOf(
  seed: number,
  build: (builder: Builder, stream: RandomStream) => void,
  scalars: Record<string, number> = {},
): Case {
  const stream = testStream(seed);
  const builder = graphBuilder(1);
  build(builder, stream);
  const graph = builder.graph(Object.keys(scalars));
  return { graph, scalars, contents: randomContents(graph, stream), batch: randomBatch(graph, stream) };
}

/** `count` values of one shape side by side in a range, as the weights of several groups have to lie. */
export function sideBySide(
  { range }: Builder,
  label: string,
  shape: readonly number[],
  count: number,
  role: Role = 'state',
): ValueId[] {
  const names = Array.from({ length: count }, (_, index) => `${index}`);
  const made = range(label, role, Object.fromEntries(names.map((name) => [name, shape])));
  return names.map(made.id);
}
