import type { StepGraph } from '../../graph/graph.ts';
import { type GraphNode, idsOf } from '../../graph/node.ts';
import { multiplyAdds } from '../../graph/operation-count.ts';
import { type Value, valueBytes } from '../../graph/value.ts';

/** Estimated work of a node, in multiply-adds; moving a number counts as a few. Good enough to cut a step into pieces. */
export function workOf(graph: StepGraph, node: GraphNode): number {
  const numbers = [...idsOf(node.inputs), ...idsOf(node.outputs)].reduce(
    (sum, id) => sum + valueBytes(graph.values[id] as Value) / 4,
    0,
  );
  return multiplyAdds(graph, node) + 8 * numbers;
}
