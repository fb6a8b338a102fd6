import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { describeNode, type StepGraph, valueIn } from '../../graph/graph.ts';
import { elements, isPersistent, type ValueId } from '../../graph/value.ts';
import { breatheEvery } from '../breathing.ts';
import type { Batch, Numbers, Program } from '../executor.ts';
import { type Memory, runNode } from './dispatch.ts';
import { analyse, partsOf } from './lifetimes.ts';
import type { Store } from './store.ts';
import { expectEqual, type Tensor } from './tensor.ts';

/**
 * A program that runs `graph` on the persistent values of `store`, making those that do not exist yet. Errors: what
 * `analyse` refuses, or a persistent value that exists with another shape. A run that fails half way leaves the updates
 * made so far; transient values are freed after their last reader, metrics at the next run.
 */
export function createProgram(graph: StepGraph, store: Store): Result<Program> {
  const analysis = analyse(graph);
  if (!analysis.ok) return analysis;
  const { parts, freedAfter } = analysis.value;
  const stored = graph.values.filter(({ id, role }) => isPersistent(role) && !parts.has(id));
  for (const { label, shape } of stored) {
    const problem = store.create(label, shape);
    if (problem !== undefined) return { ok: false, error: problem };
  }

  const transient = new Map<ValueId, Tensor>();
  let finished = false;
  let disposed = false;

  const free = (id: ValueId): void => {
    store.count(-(transient.get(id)?.data.byteLength ?? 0));
    transient.delete(id);
  };
  const freeAll = (): void => {
    for (const id of [...transient.keys()]) free(id);
  };
  const contents = (id: ValueId): Tensor | undefined => {
    const { role, label } = valueIn(graph, id);
    return isPersistent(role) ? store.get(label) : transient.get(id);
  };
  const write = (id: ValueId, tensor: Tensor): void => {
    const { role, label, shape } = valueIn(graph, id);
    expectEqual(tensor.data.length, elements(shape), `length of ${label}`);
    const named = { shape, data: tensor.data };
    if (isPersistent(role)) {
      store.set(label, named);
      return;
    }
    free(id);
    transient.set(id, named);
    store.count(named.data.byteLength);
  };
  const memoryOf = (scalars: Readonly<Record<string, number>>): Memory => ({
    contents,
    write,
    tensor(id) {
      const tensor = contents(id);
      if (tensor === undefined) throw new Error(`${valueIn(graph, id).label} holds nothing; was it dropped?`);
      return tensor;
    },
    shape: (id) => valueIn(graph, id).shape,
    scalar: (name) => scalars[name] as number,
    parts: (id) => partsOf(graph, parts, id),
  });

  const runNodes = async (memory: Memory, pause: () => Promise<void> | undefined): Promise<Result<void>> => {
    for (const [index, node] of graph.nodes.entries()) {
      try {
        runNode(node, memory);
      } catch (error) {
        return fail(error instanceof Error ? error.message : String(error), describeNode(graph, node));
      }
      for (const id of freedAfter[index] ?? []) free(id);
      const breath = pause();
      if (breath !== undefined) await breath;
    }
    return ok(undefined);
  };

  return ok({
    graph,
    async run(scalars, batch, breathe) {
      if (disposed) return fail('This program was disposed of; compile its graph again.');
      const problem = scalarProblem(graph, scalars) ?? batchProblem(graph, batch);
      if (problem !== undefined) return { ok: false, error: problem };
      if (!store.acquire()) return fail('Another run is under way on this interpreter; wait for it to end.');
      finished = false;
      freeAll();
      try {
        for (const { id, role, label, shape } of graph.values) {
          if (role === 'input') write(id, { shape, data: Float64Array.from(inputOf(batch, label)) });
        }
        const result = await runNodes(memoryOf({ ...scalars }), breatheEvery(breathe));
        finished = result.ok;
        return result;
      } finally {
        for (const id of [...transient.keys()]) {
          if (!finished || valueIn(graph, id).role !== 'metric') free(id);
        }
        store.release();
      }
    },
    async metrics() {
      if (!finished) return fail('There are no metrics: no run has ended well yet.');
      const values = new Map<string, Numbers>();
      for (const [id, { data }] of transient) values.set(valueIn(graph, id).label, data.slice());
      return ok(values);
    },
    dispose() {
      disposed = true;
      finished = false;
      freeAll();
    },
  });
}

/** The part of a batch that an input with this label shows. */
const inputOf = (batch: Batch, label: string): Uint8Array | Int32Array =>
  label === 'images' ? batch.images : label === 'labels' ? batch.labels : batch.crops;

function scalarProblem(graph: StepGraph, scalars: Readonly<Record<string, number>>): Problem | undefined {
  const missing = graph.scalars.filter((name) => !Number.isFinite(scalars[name]));
  if (missing.length === 0) return undefined;
  return { message: `No finite number was given for ${missing.join(', ')}.`, where: missing.join(', ') };
}

function batchProblem(graph: StepGraph, batch: Batch): Problem | undefined {
  for (const { role, label, shape } of graph.values) {
    if (role !== 'input') continue;
    const { length } = inputOf(batch, label);
    if (length === elements(shape)) continue;
    const message = `The batch has ${length} numbers of ${label}; the graph takes ${elements(shape)} ([${shape.join(', ')}]).`;
    return { message, where: label };
  }
  return undefined;
}
