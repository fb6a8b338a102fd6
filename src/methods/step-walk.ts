import type { StepGraph } from '../graph/graph.ts';
import { lifetimes } from '../graph/liveness.ts';
import { planGraph } from '../graph/memory-plan.ts';
import { type GraphNode, idsOf } from '../graph/node.ts';
import { alignedBytes, type Value, type ValueId, valueBytes } from '../graph/value.ts';
import type { StepConfiguration } from './configuration.ts';
import type { Purpose } from './terms.ts';
import { buildTrainGraph } from './train-graph.ts';

/** What a run of neighbouring nodes of a training step does. */
export type WalkDeed =
  /** The batch becomes the network's input. */
  | { readonly kind: 'input' }
  | { readonly kind: 'forward' }
  /** An auxiliary network or the head, up to its losses. */
  | { readonly kind: 'loss'; readonly of: 'auxiliary' | 'head'; readonly purpose: Purpose | undefined }
  /** The losses of an auxiliary network or the head back to the features, its own parameters' gradients on the way. */
  | { readonly kind: 'lossPullback'; readonly of: 'auxiliary' | 'head'; readonly purpose: Purpose | undefined }
  /** Back through the module: for its parameters, and over the border before it, or both. */
  | { readonly kind: 'pullback'; readonly parameters: boolean; readonly crosses: boolean }
  | { readonly kind: 'update'; readonly of: 'module' | 'auxiliary' | 'head' };

/** Neighbouring nodes that do one thing for one module. */
export interface WalkGroup {
  readonly deed: WalkDeed;
  /** Its module; -1 for the input. */
  readonly module: number;
  /** Index of its first node, and how many there are. */
  readonly first: number;
  readonly nodes: number;
  /** Highest transient bytes alive while it runs. */
  readonly peakBytes: number;
  /** Transient bytes that live on when it is done, by module; what belongs to none comes last. */
  readonly heldBytes: readonly number[];
  /** Bytes held before it that are free after it, by module likewise. */
  readonly freedBytes: readonly number[];
}

/** One training step in the order it runs, with what its memory plan says at every point. */
export interface StepWalk {
  readonly modules: number;
  readonly groups: readonly WalkGroup[];
  /** Highest of all groups. */
  readonly peakBytes: number;
}

/** Walks through the training step of a configuration; probes are left out, as in every plan. */
export function walkStep(configuration: StepConfiguration): StepWalk {
  const { graph } = buildTrainGraph({ ...configuration, probes: false });
  const modules = configuration.cuts.length;
  const pieces = split(graph);
  const { alive } = planGraph(graph);
  const { held, freed } = bytesByModule(graph, pieces, modules);
  const groups = pieces.map(
    ({ deed, module, first, nodes }, index): WalkGroup => ({
      deed,
      module,
      first,
      nodes,
      peakBytes: Math.max(...alive.slice(first, first + nodes)),
      heldBytes: held[index] ?? [],
      freedBytes: freed[index] ?? [],
    }),
  );
  return { modules, groups, peakBytes: Math.max(...alive) };
}

interface Piece {
  deed: WalkDeed;
  readonly module: number;
  readonly first: number;
  nodes: number;
}

/** Neighbours with the same deed for the same module. */
function split(graph: StepGraph): Piece[] {
  const pieces: Piece[] = [];
  /** Piece that wrote each value. */
  const writer = new Map<ValueId, Piece>();
  graph.nodes.forEach((node, index) => {
    const deed = deedOf(graph, node);
    let piece = pieces.at(-1);
    // The report of the guard at the end does nothing for any module.
    if (piece !== undefined && node.kind === 'copy') {
      piece.nodes++;
      return;
    }
    if (piece === undefined || piece.module !== node.module || !sameDeed(piece.deed, deed)) {
      piece = { deed, module: node.module, first: index, nodes: 0 };
      pieces.push(piece);
    }
    piece.nodes++;
    if (piece.deed.kind === 'pullback' && deed.kind === 'pullback' && deed.parameters) {
      piece.deed = { ...piece.deed, parameters: true };
    }
    for (const id of idsOf(node.outputs)) writer.set(id, piece);
    if (deed.kind !== 'pullback') return;
    // A cotangent that a module further down reads has crossed the border.
    for (const id of idsOf(node.inputs)) {
      const from = writer.get(id);
      if (from?.deed.kind === 'pullback' && from.module > node.module) from.deed = { ...from.deed, crosses: true };
    }
  });
  return pieces;
}

const sameDeed = (one: WalkDeed, other: WalkDeed): boolean =>
  one.kind === other.kind &&
  ('of' in one && 'of' in other ? one.of === other.of : true) &&
  ('purpose' in one && 'purpose' in other ? one.purpose === other.purpose : true);

function deedOf(graph: StepGraph, node: GraphNode): WalkDeed {
  const outputs = idsOf(node.outputs).map((id) => graph.values[id] as Value);
  const owner = outputs[0]?.owner ?? '';
  const auxiliary = /^(auxiliary|classifier|decoder)\.[\d.]+\.(independent|cascade|local)/.exec(owner);
  const of = auxiliary !== null ? 'auxiliary' : owner === 'head' ? 'head' : undefined;
  if (node.phase === 'update') return { kind: 'update', of: of ?? 'module' };
  if (node.kind === 'augmentNormalise') return { kind: 'input' };
  if (of !== undefined) {
    const kind = node.phase === 'forward' ? 'loss' : 'lossPullback';
    return { kind, of, purpose: auxiliary?.[2] as Purpose | undefined };
  }
  if (node.phase === 'forward') return { kind: 'forward' };
  const parameters = outputs.some(({ label }) => label.startsWith('gradient.'));
  return { kind: 'pullback', parameters, crosses: false };
}

/** What each piece leaves alive and what it frees, by the module of the values. */
function bytesByModule(
  graph: StepGraph,
  pieces: readonly Piece[],
  modules: number,
): { readonly held: number[][]; readonly freed: number[][] } {
  const empty = () => pieces.map(() => new Array<number>(modules + 1).fill(0));
  const held = empty();
  const freed = empty();
  const pieceOfNode = new Int32Array(graph.nodes.length);
  for (const [index, { first, nodes }] of pieces.entries()) pieceOfNode.fill(index, first, first + nodes);
  for (const [id, { first, last }] of lifetimes(graph)) {
    const value = graph.values[id] as Value;
    const column = value.module >= 0 ? value.module : modules;
    const from = pieceOfNode[first] as number;
    const to = pieceOfNode[last] as number;
    const bytes = alignedBytes(valueBytes(value));
    for (let piece = from; piece < to; piece++) addAt(held[piece], column, bytes);
    if (from < to) addAt(freed[to], column, bytes);
  }
  return { held, freed };
}

function addAt(row: number[] | undefined, column: number, bytes: number): void {
  if (row !== undefined) row[column] = (row[column] ?? 0) + bytes;
}
