import { partsOfRanges, type StepGraph, valueIn } from '../../graph/graph.ts';
import { idsOf } from '../../graph/node.ts';
import { isPersistent, type Value, type ValueId } from '../../graph/value.ts';

/** What a program knows of its graph's values before it runs. */
export interface Liveness {
  /** The tensors of a range in order of offset; of any other value, the value itself. */
  parts(id: ValueId): readonly Value[];
  /** Transient values to free after each node: the node is their last reader, or writer where nobody reads them. */
  readonly freedAfter: readonly (readonly ValueId[])[];
  /** Persistent values that hold a tensor of their own: all but ranges. */
  readonly stored: readonly Value[];
}

/** Lifetimes of a graph's values: a transient one lives from its writer to its last reader, metrics until the next run. */
export function livenessOf(graph: StepGraph): Liveness {
  const ranges = partsOfRanges(graph);
  for (const list of ranges.values()) list.sort((a, b) => (a.part?.offset ?? 0) - (b.part?.offset ?? 0));
  const parts = (id: ValueId): readonly Value[] => ranges.get(id) ?? [valueIn(graph, id)];
  const last = new Map<ValueId, number>();
  graph.nodes.forEach((node, index) => {
    for (const id of [...idsOf(node.inputs), ...idsOf(node.outputs)]) {
      for (const piece of parts(id)) {
        if (!isPersistent(piece.role) && piece.role !== 'metric') last.set(piece.id, index);
      }
    }
  });
  const freedAfter: ValueId[][] = graph.nodes.map(() => []);
  for (const [id, index] of last) freedAfter[index]?.push(id);
  const stored = graph.values.filter(({ id, role }) => isPersistent(role) && !ranges.has(id));
  return { parts, freedAfter, stored };
}
