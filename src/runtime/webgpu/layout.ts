import { programBytes } from '../../graph/allocation.ts';
import { type StepGraph, valueIn } from '../../graph/graph.ts';
import { type GraphPlan, type PlanOptions, planGraph } from '../../graph/memory-plan.ts';
import { alignedBytes, isPersistent, type ValueId, valueBytes } from '../../graph/value.ts';
import type { Location, Lowering, Tuning } from './kernel.ts';
import { inputLabel } from './store.ts';

/** Where everything of one graph lies. */
export interface Layout {
  readonly plan: GraphPlan;
  /** Offset of each metric in the program's metrics buffer, by id. */
  readonly metrics: ReadonlyMap<ValueId, number>;
  readonly lowering: Lowering;
}

/** Lays out a graph by its memory plan. Resource names are `arena`, `metrics`, `scalars` and labels of the store's buffers. */
export function layoutOf(graph: StepGraph, tuning: Tuning, options: PlanOptions): Layout {
  const plan = planGraph(graph, options);
  const metrics = new Map<ValueId, number>();
  let end = 0;
  for (const value of graph.values) {
    if (value.role !== 'metric') continue;
    metrics.set(value.id, end);
    end += alignedBytes(valueBytes(value));
  }
  if (end !== programBytes(graph).metrics) throw new Error('metrics are laid out otherwise than planned');
  const scalars = new Map(graph.scalars.map((name, index) => [name, index]));
  const locate = (id: ValueId): Location => {
    const value = valueIn(graph, id);
    const bytes = alignedBytes(valueBytes(value));
    if (value.role === 'input') return { resource: inputLabel(value), offset: 0, bytes };
    if (value.role === 'metric') return { resource: 'metrics', offset: metrics.get(id) as number, bytes };
    const storage = value.part === undefined ? value : valueIn(graph, value.part.of);
    const inside = value.part?.offset ?? 0;
    if (isPersistent(value.role)) return { resource: storage.label, offset: inside, bytes };
    const place = plan.places.get(storage.id);
    if (place === undefined) throw new Error(`${value.label} has no place`);
    return { resource: 'arena', offset: place.offset + inside, bytes };
  };
  return {
    plan,
    metrics,
    lowering: {
      graph,
      tuning,
      value: (id) => valueIn(graph, id),
      locate,
      workspace(index) {
        const place = plan.workspaces.get(index);
        if (place === undefined) throw new Error(`node ${index} has no workspace`);
        return { resource: 'arena', ...place };
      },
      scalarIndex: (name) => scalars.get(name) as number,
    },
  };
}
