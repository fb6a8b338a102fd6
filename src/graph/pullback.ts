import type { GraphBuilder } from './builder.ts';
import { pullNormalise } from './kinds/batch-normalisation.ts';
import { pullConv2d } from './kinds/convolution.ts';
import { pullL2Normalise, pullLinear } from './kinds/linear.ts';
import { pullGlobalAveragePool, pullSumGroups } from './kinds/pooling.ts';
import { add } from './kinds/update.ts';
import { type GraphNode, idsOf, type Normalise } from './node.ts';
import type { ValueId } from './value.ts';

/** A gradient on its way back: `value`, zeroed where `mask` <= 0. The mask is applied by whoever reads it. */
export interface Cotangent {
  readonly value: ValueId;
  readonly mask?: ValueId;
}

/** What a node kind's pullback rule works with. */
export interface PullbackContext {
  readonly builder: GraphBuilder;
  readonly parametersWanted: boolean;
  /** The cotangent of an output that no mask can have reached. */
  cotangent(output: ValueId): ValueId;
  maskedCotangent(output: ValueId): Cotangent;
  /** The forward value, recomputed where it was not kept. */
  saved(value: ValueId): ValueId;
  /** Where `input` needs a gradient: calls `make` with what has arrived there already, which its result must include. */
  contribute(input: ValueId, make: (existing: Cotangent | undefined) => ValueId): void;
  /** Hands a cotangent on unchanged. */
  pass(input: ValueId, cotangent: Cotangent): void;
}

export type PullbackRule<Node> = (node: Node, context: PullbackContext) => void;

/**
 * What a pullback is to produce: `input`, the value whose cotangent is wanted; `parameters`, whether to write the gradients of the
 * nodes' parameters. Only the nodes these need are appended.
 */
export interface Wanted {
  readonly input?: ValueId | undefined;
  readonly parameters: boolean;
}

export interface PullbackOptions {
  /** Added to the cotangent of `wanted.input`. */
  readonly accumulate?: ValueId | undefined;
  /** Recompute the outputs of normalisations that were not kept, instead of holding them from the forward pass. */
  readonly recompute: boolean;
}

/**
 * Appends the vector-Jacobian product of a piece of the forward pass.
 *
 * @param forward the nodes of the piece, in order
 * @param cotangents cotangents of its outputs; a pullback is linear in them
 * @returns the cotangent of `wanted.input`, or undefined where none was wanted or none arrives
 */
export function pullback(
  builder: GraphBuilder,
  forward: readonly GraphNode[],
  cotangents: ReadonlyMap<ValueId, ValueId>,
  wanted: Wanted,
  options: PullbackOptions,
): ValueId | undefined {
  const needing = valuesNeedingGradient(forward, wanted);
  const arrived = new Map<ValueId, Cotangent>();
  for (const [output, value] of cotangents) arrived.set(output, { value });
  if (wanted.input !== undefined && options.accumulate !== undefined) {
    arrived.set(wanted.input, { value: options.accumulate });
  }
  const recomputed = new Map<ValueId, ValueId>();

  const context: PullbackContext = {
    builder,
    parametersWanted: wanted.parameters,
    maskedCotangent: (output) => arrived.get(output) as Cotangent,
    cotangent(output) {
      const { value, mask } = arrived.get(output) as Cotangent;
      if (mask !== undefined)
        throw new Error(`the cotangent of value ${output} carries a mask its reader cannot apply`);
      return value;
    },
    saved(value) {
      if (!options.recompute) return value;
      const known = recomputed.get(value);
      if (known !== undefined) return known;
      const producer = forward.find((node) => isRecomputable(node) && node.outputs.y === value);
      const id = producer === undefined ? value : recompute(builder, producer as Normalise);
      recomputed.set(value, id);
      return id;
    },
    contribute(input, make) {
      if (needing.has(input)) arrived.set(input, { value: make(arrived.get(input)) });
    },
    pass(input, cotangent) {
      if (!needing.has(input)) return;
      const existing = arrived.get(input);
      arrived.set(input, existing === undefined ? cotangent : { value: add(builder, existing, cotangent) });
    },
  };

  builder.within({ phase: 'backward' }, () => {
    for (let index = forward.length - 1; index >= 0; index--) {
      const node = forward[index] as GraphNode;
      if (idsOf(node.outputs).some((id) => arrived.has(id))) pullNode(node, context);
    }
  });
  if (wanted.input === undefined) return undefined;
  const result = arrived.get(wanted.input);
  if (result === undefined || result.mask === undefined) return result?.value;
  throw new Error('a masked cotangent reached a module border');
}

function pullNode(node: GraphNode, context: PullbackContext): void {
  switch (node.kind) {
    case 'conv2d':
      pullConv2d(node, context);
      break;
    case 'normalise':
      pullNormalise(node, context);
      break;
    case 'globalAveragePool':
      pullGlobalAveragePool(node, context);
      break;
    case 'sumGroups':
      pullSumGroups(node, context);
      break;
    case 'linear':
      pullLinear(node, context);
      break;
    case 'l2Normalise':
      pullL2Normalise(node, context);
      break;
    // Statistics are pulled back together with the normalisation that reads them.
    case 'batchStatistics':
      break;
    default:
      throw new Error(`no pullback rule for ${node.kind}`);
  }
}

/** Values on a path from what is wanted: only these get cotangents. */
function valuesNeedingGradient(forward: readonly GraphNode[], wanted: Wanted): Set<ValueId> {
  const needing = new Set<ValueId>();
  if (wanted.input !== undefined) needing.add(wanted.input);
  for (const node of forward) {
    const reached = idsOf(node.inputs).some((id) => needing.has(id));
    if (reached || (wanted.parameters && hasParameters(node))) for (const id of idsOf(node.outputs)) needing.add(id);
  }
  return needing;
}

const hasParameters = (node: GraphNode): boolean =>
  node.kind === 'conv2d' || node.kind === 'normalise' || node.kind === 'linear';

/** A normalised value follows from the convolution's output and its statistics, so it need not be held. */
const isRecomputable = (node: GraphNode): node is Normalise =>
  node.kind === 'normalise' && node.inputs.residual === undefined;

function recompute(builder: GraphBuilder, node: Normalise): ValueId {
  const y = builder.add({ label: 'normalised again', shape: builder.shape(node.outputs.y), role: 'activation' });
  builder.append({ kind: 'normalise', inputs: node.inputs, outputs: { y }, attributes: node.attributes });
  return y;
}
