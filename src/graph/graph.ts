import { type GraphNode, idsOf } from './node.ts';
import type { Value, ValueId } from './value.ts';

/** One training, evaluation or probe step as data: nodes in the order they run, over values of known shapes. */
export interface StepGraph {
  readonly purpose: 'train' | 'evaluate' | 'probe';
  readonly batch: number;
  readonly values: readonly Value[];
  readonly nodes: readonly GraphNode[];
  /** Names of the runtime scalars the nodes read; they change between steps without a rebuild. */
  readonly scalars: readonly string[];
}

/** The value with this id; an unknown id is a bug. */
export function valueIn(graph: { readonly values: readonly Value[] }, id: ValueId): Value {
  const value = graph.values[id];
  if (value === undefined) throw new Error(`no value ${id} in the graph`);
  return value;
}

/** A node in words, for error messages: its kind and the label of its first output. */
export function describeNode(graph: StepGraph, node: GraphNode): string {
  const [first] = idsOf(node.outputs);
  return first === undefined ? node.kind : `${node.kind} ${valueIn(graph, first).label}`;
}

/** The tensors that make up each range value, by the range's id, in order of offset. */
export function partsOfRanges(graph: StepGraph): Map<ValueId, Value[]> {
  const parts = new Map<ValueId, Value[]>();
  for (const value of graph.values) {
    if (value.part === undefined) continue;
    const list = parts.get(value.part.of);
    if (list === undefined) parts.set(value.part.of, [value]);
    else list.push(value);
  }
  return parts;
}
