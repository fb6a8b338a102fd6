import type { StepGraph } from './graph.ts';
import { eachId, type GraphNode } from './node.ts';
import { isPersistent, type Value, type ValueId } from './value.ts';

/** First node that touches a value and the last, as indices into `graph.nodes`. */
export interface Lifetime {
  readonly first: number;
  readonly last: number;
}

/** The value whose storage holds this one: its range, or itself. */
export const storageOf = (value: Value): ValueId => value.part?.of ?? value.id;

/** Whether a value lives only inside a step, and so has a place in the arena. */
export const isTransient = (value: Value): boolean =>
  !isPersistent(value.role) && value.role !== 'input' && value.role !== 'metric';

/** Lifetimes of all transient storage, by the id that holds it: from its writer to its last reader. */
export function lifetimes(graph: StepGraph): Map<ValueId, Lifetime> {
  const lives = new Map<ValueId, { readonly first: number; last: number }>();
  graph.nodes.forEach((node, index) => {
    const touch = (id: ValueId) => {
      const value = graph.values[id] as Value;
      if (!isTransient(value)) return;
      const storage = storageOf(value);
      const known = lives.get(storage);
      if (known === undefined) lives.set(storage, { first: index, last: index });
      else known.last = index;
    };
    eachId(node.outputs, touch);
    eachId(node.inputs, touch);
  });
  return lives;
}

/**
 * Inputs whose storage an output may take over if they die at this node: the kernel reads each element before it writes the same
 * one. Best candidate first.
 */
export function inPlaceCandidates(
  node: GraphNode,
): { output: ValueId; inputs: readonly (ValueId | undefined)[] } | undefined {
  switch (node.kind) {
    case 'add':
      return { output: node.outputs.y, inputs: [node.inputs.a, node.inputs.b] };
    case 'conv2dInputGradient':
    case 'globalAveragePoolGradient':
      return { output: node.outputs.dx, inputs: [node.inputs.accumulate] };
    case 'batchNormGradient':
      return { output: node.outputs.dx, inputs: [node.inputs.dy, node.inputs.x] };
    case 'normalise':
      return { output: node.outputs.y, inputs: [node.inputs.x, node.inputs.residual] };
    case 'sumGroups':
      return { output: node.outputs.y, inputs: [node.inputs.accumulate] };
    case 'binaryCrossEntropy':
      return { output: node.outputs.dlogits, inputs: [node.inputs.logits] };
    default:
      return undefined;
  }
}
