import type { Problem } from '../base/result.ts';
import type { StepGraph } from '../graph/graph.ts';
import { elements } from '../graph/value.ts';
import type { Batch } from './executor.ts';

/** What is wrong with a batch for a graph: an input of another length, or one that no batch has. */
export function batchProblem(graph: StepGraph, batch: Batch): Problem | undefined {
  for (const { role, label, shape } of graph.values) {
    if (role !== 'input') continue;
    const given: ArrayLike<number> | undefined = Object.hasOwn(batch, label) ? batch[label as keyof Batch] : undefined;
    if (given === undefined) return { message: `A batch has no input called ${label}.`, where: label };
    if (given.length === elements(shape)) continue;
    return {
      message: `The graph takes ${elements(shape)} numbers of ${label}, the batch has ${given.length}.`,
      where: label,
    };
  }
  return undefined;
}
