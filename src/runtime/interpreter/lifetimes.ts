import { fail, ok, type Result } from '../../base/result.ts';
import { describeNode, partsOfRanges, type StepGraph, valueIn } from '../../graph/graph.ts';
import { type GraphNode, idsOf } from '../../graph/node.ts';
import { isPersistent, type Value, type ValueId } from '../../graph/value.ts';

/** What a program knows about a graph before it runs. */
export interface Analysis {
  /** The tensors of every range, in order of offset. */
  readonly parts: ReadonlyMap<ValueId, readonly Value[]>;
  /** For each node, the transient values nobody reads after it. */
  readonly freedAfter: readonly (readonly ValueId[])[];
}

/**
 * Checks that a graph can run and finds where each transient value ends. Errors, with the node's name: a value read
 * before a node wrote it, a range read by anything but an update, a scalar the graph does not declare, an update whose ranges differ
 * in layout; with the value's label: an unknown input, a label used twice.
 */
export function analyse(graph: StepGraph): Result<Analysis> {
  const parts = partsOfRanges(graph);
  for (const list of parts.values()) list.sort((a, b) => (a.part?.offset ?? 0) - (b.part?.offset ?? 0));
  const problem = labelProblem(graph) ?? nodeProblem(graph, parts);
  if (problem !== undefined) return fail(problem.message, problem.where);
  return ok({ parts, freedAfter: freedAfterNodes(graph, parts) });
}

interface Fault {
  readonly message: string;
  readonly where: string;
}

const inputLabels: readonly string[] = ['images', 'labels', 'crops'];

function labelProblem(graph: StepGraph): Fault | undefined {
  const seen = new Set<string>();
  for (const { label, role } of graph.values) {
    if (role === 'input' && !inputLabels.includes(label))
      return { message: `Input ${label} is unknown; a batch has ${inputLabels.join(', ')}.`, where: label };
    if (!isPersistent(role) && role !== 'metric') continue;
    if (seen.has(label)) return { message: `Two values are labelled ${label}; give each its own label.`, where: label };
    seen.add(label);
  }
  return undefined;
}

function nodeProblem(graph: StepGraph, parts: ReadonlyMap<ValueId, readonly Value[]>): Fault | undefined {
  const written = new Set<ValueId>();
  const scalars = new Set(graph.scalars);
  for (const node of graph.nodes) {
    const message =
      node.kind === 'sgdUpdate' ? layoutProblem(node.inputs, parts, graph) : readProblem(graph, node, parts, written);
    const undeclared = scalarsOf(node).find((name) => !scalars.has(name));
    if (message !== undefined) return { message, where: describeNode(graph, node) };
    if (undeclared !== undefined)
      return { message: `Scalar ${undeclared} is not among the graph's scalars.`, where: describeNode(graph, node) };
    for (const id of idsOf(node.outputs)) written.add(id);
  }
  return undefined;
}

function readProblem(
  graph: StepGraph,
  node: GraphNode,
  parts: ReadonlyMap<ValueId, readonly Value[]>,
  written: ReadonlySet<ValueId>,
): string | undefined {
  for (const id of [...idsOf(node.inputs), ...idsOf(node.outputs)]) {
    if (parts.has(id)) return `${valueIn(graph, id).label} is a range; only an update takes ranges.`;
  }
  for (const id of idsOf(node.inputs)) {
    const { role, label } = valueIn(graph, id);
    if (isPersistent(role) || role === 'input' || written.has(id)) continue;
    return `${label} is read before any node writes it; put its writer first.`;
  }
  return undefined;
}

/** The runtime scalars a node reads. */
function scalarsOf(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'softmaxCrossEntropy':
      return node.attributes.weight === undefined ? [] : [node.attributes.weight];
    case 'binaryCrossEntropy':
    case 'contrast':
      return [node.attributes.weight];
    case 'sgdUpdate': {
      const { learningRate, momentum, weightDecay } = node.attributes;
      return weightDecay === undefined ? [learningRate, momentum] : [learningRate, momentum, weightDecay];
    }
    default:
      return [];
  }
}

/** Tensors of a range, or the value itself where it has no parts. */
export const partsOf = (
  graph: StepGraph,
  parts: ReadonlyMap<ValueId, readonly Value[]>,
  id: ValueId,
): readonly Value[] => parts.get(id) ?? [valueIn(graph, id)];

function layoutProblem(
  inputs: { readonly parameters: ValueId; readonly velocities: ValueId; readonly gradients: ValueId | undefined },
  parts: ReadonlyMap<ValueId, readonly Value[]>,
  graph: StepGraph,
): string | undefined {
  const layout = (id: ValueId): Map<number, Value> =>
    new Map(partsOf(graph, parts, id).map((value) => [value.part?.offset ?? 0, value]));
  const parameters = layout(inputs.parameters);
  const velocities = layout(inputs.velocities);
  const gradients = inputs.gradients === undefined ? new Map<number, Value>() : layout(inputs.gradients);
  const same = (a: Value, b: Value): boolean => a.shape.join() === b.shape.join();
  for (const [offset, parameter] of parameters) {
    const velocity = velocities.get(offset);
    if (velocity === undefined || !same(velocity, parameter))
      return `${parameter.label} has no velocity of its shape at byte ${offset}; both ranges need one layout.`;
  }
  for (const [offset, gradient] of gradients) {
    const parameter = parameters.get(offset);
    if (parameter === undefined || !same(gradient, parameter))
      return `${gradient.label} has no parameter of its shape at byte ${offset}; both ranges need one layout.`;
  }
  return undefined;
}

function freedAfterNodes(graph: StepGraph, parts: ReadonlyMap<ValueId, readonly Value[]>): readonly ValueId[][] {
  const last = new Map<ValueId, number>();
  for (const [index, node] of graph.nodes.entries()) {
    for (const id of [...idsOf(node.inputs), ...idsOf(node.outputs)]) {
      for (const { id: piece, role } of partsOf(graph, parts, id)) {
        if (!isPersistent(role) && role !== 'metric') last.set(piece, index);
      }
    }
  }
  const freed: ValueId[][] = graph.nodes.map(() => []);
  for (const [id, index] of last) freed[index]?.push(id);
  return freed;
}
