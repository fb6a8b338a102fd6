import { Arena, type Place } from './arena.ts';
import type { StepGraph } from './graph.ts';
import { inPlaceCandidates, lifetimes } from './liveness.ts';
import { type GraphNode, idsOf } from './node.ts';
import { alignedBytes, probeModule, type Role, type Value, type ValueId, valueBytes } from './value.ts';
import { workspaceOf } from './workspace.ts';

/** Where every transient value of one graph lies, and how much is alive at every node. */
export interface GraphPlan {
  /** Bytes of the arena after placement. */
  readonly arenaBytes: number;
  /** Place of each transient storage, by the id that holds it. Values that share a place live one after the other. */
  readonly places: ReadonlyMap<ValueId, Place>;
  /** Place of each node's workspace, by its index. */
  readonly workspaces: ReadonlyMap<number, Place>;
  /** Places that nothing lives in any more once each node has run. */
  readonly freed: readonly (readonly Place[])[];
  /** Transient bytes alive while each node runs, workspace included. */
  readonly alive: readonly number[];
  /** Highest bytes alive at once, by module and then role. */
  readonly byModule: ReadonlyMap<number, ReadonlyMap<Role, number>>;
}

export interface PlanOptions {
  /** Whether a place may hold several values one after the other. Without, every value has one of its own: the check of the other. */
  readonly reuse?: boolean;
}

/** Places the transient values of a graph: a value takes the place of an input that dies at its node where the kernel allows it, else a gap. */
export function planGraph(graph: StepGraph, { reuse = true }: PlanOptions = {}): GraphPlan {
  const lives = lifetimes(graph);
  const ending = new Map<number, ValueId[]>();
  for (const [id, { last }] of lives) push(ending, last, id);
  const arena = new Arena();
  const places = new Map<ValueId, Place>();
  const workspaces = new Map<number, Place>();
  const leaving = new Map<number, { readonly place: Place; readonly module: number }[]>();
  const taken = new Set<ValueId>();
  const alive: number[] = [];
  const freed: Place[][] = [];
  const ledger = new Ledger();
  let bytes = 0;

  graph.nodes.forEach((node, index) => {
    const candidates = inPlaceCandidates(node);
    for (const id of idsOf(node.outputs)) {
      const storage = (graph.values[id] as Value).part?.of ?? id;
      if (lives.get(storage)?.first !== index || places.has(storage)) continue;
      const value = graph.values[storage] as Value;
      const size = alignedBytes(valueBytes(value));
      const host = reuse && candidates?.output === id ? dyingHost(candidates.inputs, index, size) : undefined;
      places.set(storage, host === undefined ? arena.take(size) : (places.get(host) as Place));
      if (host !== undefined) {
        taken.add(host);
        ledger.change(graph.values[host] as Value, -size);
      } else bytes += size;
      ledger.change(value, size);
    }
    const workspace = workspaceOf(graph, index);
    if (workspace !== undefined) {
      const place = arena.take(alignedBytes(workspace.bytes));
      workspaces.set(index, place);
      const { module } = node;
      bytes += place.bytes;
      ledger.change({ module, role: 'workspace' }, place.bytes);
      push(leaving, workspace.until, { place, module });
    }
    alive.push(bytes);
    const given: Place[] = [];
    freed.push(given);
    for (const { place, module } of leaving.get(index) ?? []) {
      given.push(place);
      if (reuse) arena.give(place);
      bytes -= place.bytes;
      ledger.change({ module, role: 'workspace' }, -place.bytes);
    }
    for (const id of ending.get(index) ?? []) {
      if (taken.has(id)) continue;
      const place = places.get(id) as Place;
      given.push(place);
      if (reuse) arena.give(place);
      bytes -= place.bytes;
      ledger.change(graph.values[id] as Value, -place.bytes);
    }
  });
  return { arenaBytes: arena.size, places, workspaces, freed, alive, byModule: ledger.highest };

  function dyingHost(inputs: readonly (ValueId | undefined)[], index: number, size: number): ValueId | undefined {
    return inputs.find(
      (input) =>
        input !== undefined &&
        !taken.has(input) &&
        lives.get(input)?.last === index &&
        places.get(input)?.bytes === size,
    );
  }
}

/** Bytes alive by module and role, with the highest each has reached. */
class Ledger {
  readonly highest = new Map<number, Map<Role, number>>();
  private readonly now = new Map<number, Map<Role, number>>();

  change({ module, role }: Pick<Value, 'module' | 'role'>, bytes: number): void {
    const total = (rolesOf(this.now, module).get(role) ?? 0) + bytes;
    rolesOf(this.now, module).set(role, total);
    const highest = rolesOf(this.highest, module);
    if (total > (highest.get(role) ?? -1)) highest.set(role, total);
  }
}

function rolesOf(bytes: Map<number, Map<Role, number>>, module: number): Map<Role, number> {
  const known = bytes.get(module);
  if (known !== undefined) return known;
  const made = new Map<Role, number>();
  bytes.set(module, made);
  return made;
}

/** Whether a value or node is a probe's, which never counts in a method's memory. */
export const isProbe = ({ module }: Value | GraphNode): boolean => module === probeModule;

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
