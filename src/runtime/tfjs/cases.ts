import type { RandomStream } from '../../base/random.ts';
import { graphBuilder } from '../interpreter/test-support.ts';
import { type Case, randomBatch, randomContents, testStream } from './test-support.ts';

/** Everything in this file serves the tests of this folder only. */

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
