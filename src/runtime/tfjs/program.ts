import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { describeNode, type StepGraph, valueIn } from '../../graph/graph.ts';
import type { GraphNode } from '../../graph/node.ts';
import { isPersistent, type ValueId, valueBytes } from '../../graph/value.ts';
import { batchProblem } from '../batch.ts';
import { breatheEvery } from '../breathing.ts';
import type { Batch, Breathe, Numbers, Program } from '../executor.ts';
import { messageOf } from '../gpu/message.ts';
import type { Backend } from './backend.ts';
import type { NodeContext } from './context.ts';
import { runNode } from './dispatch.ts';
import type { Ledger } from './ledger.ts';
import { livenessOf } from './liveness.ts';
import type { Profiler } from './profile.ts';
import type { Store } from './store.ts';

/** What programs of one executor share. */
export interface Machine {
  readonly backend: Backend;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly profiler: Profiler | undefined;
}

/** A program that runs `graph` on a machine. Errors: a value too large for it, a persistent value of another shape. */
export function createProgram(graph: StepGraph, machine: Machine): Result<Program> {
  const { backend, store, ledger, profiler } = machine;
  const { parts, freedAfter, stored } = livenessOf(graph);
  const tooLarge = graph.values.find(
    (value) => valueBytes(value) > backend.largestValue && parts(value.id)[0] === value,
  );
  if (tooLarge !== undefined) {
    const message = `${tooLarge.label} needs ${valueBytes(tooLarge)} bytes, more than ${backend.largestValue}, the most one value may have here. Choose a smaller batch.`;
    return fail(message, tooLarge.label);
  }
  for (const { label, shape } of stored) {
    const created = store.create(label, shape);
    if (!created.ok) return created;
  }
  const transient = new Map<ValueId, Tensor>();
  let running = false;
  let readingBegun: Promise<unknown> = Promise.resolve();
  let finished = false;

  const free = (id: ValueId) => {
    const tensor = transient.get(id);
    if (tensor === undefined) return;
    ledger.remove(tensor);
    tensor.dispose();
    transient.delete(id);
  };
  const freeAll = () => {
    for (const id of [...transient.keys()]) free(id);
  };
  const find = (id: ValueId): Tensor | undefined => {
    const { role, label } = valueIn(graph, id);
    return isPersistent(role) ? store.get(label) : transient.get(id);
  };
  const put = (id: ValueId, tensor: Tensor) => {
    const { role, label } = valueIn(graph, id);
    if (isPersistent(role)) {
      store.set(label, tensor);
      return;
    }
    free(id);
    transient.set(id, keep(tensor));
    ledger.add(tensor);
  };

  /** Runs one node and takes over its outputs; everything else it made is freed. */
  const runOne = (node: GraphNode, context: Omit<NodeContext, 'set'>) => {
    const made = new Map<ValueId, Tensor>();
    const set = (id: ValueId, tensor: Tensor) => {
      const { label, shape } = valueIn(graph, id);
      if (tensor.shape.join() !== shape.join()) throw new Error(`${label} is [${shape}], got [${tensor.shape}]`);
      made.set(id, tensor);
    };
    const noteMemory = ledger.watchNode();
    tidy(() => {
      runNode(node, { ...context, set });
      noteMemory();
      return [...made.values()];
    });
    for (const [id, tensor] of made) put(id, tensor);
  };

  const runNodes = async (
    context: Omit<NodeContext, 'set'>,
    breathe: Breathe | undefined,
  ): Promise<Problem | undefined> => {
    const pause = breatheEvery(breathe);
    for (const [index, node] of graph.nodes.entries()) {
      backend.beginNode();
      try {
        if (profiler === undefined) runOne(node, context);
        else profiler.time(node.kind, () => runOne(node, context));
      } catch (error) {
        return { message: messageOf(error), where: describeNode(graph, node) };
      } finally {
        backend.endNode(describeNode(graph, node));
      }
      for (const id of freedAfter[index] ?? []) free(id);
      const breath = pause();
      if (breath === undefined) continue;
      await breath;
      await backend.activate();
    }
    return undefined;
  };

  const contextOf = (scalars: Readonly<Record<string, number>>, batch: Batch): Omit<NodeContext, 'set'> => ({
    batch,
    hasFilterGradient: backend.hasFilterGradient,
    value: (id) => valueIn(graph, id),
    tensor<Kind extends Tensor>(id: ValueId): Kind {
      const tensor = find(id);
      if (tensor === undefined) throw new Error(`${valueIn(graph, id).label} holds nothing; was it dropped?`);
      return tensor as Kind;
    },
    written: <Kind extends Tensor>(id: ValueId | undefined) =>
      id === undefined ? undefined : (find(id) as Kind | undefined),
    scalar: (name) => scalars[name] as number,
    parts,
  });

  return ok({
    graph,
    async run(scalars, batch, breathe) {
      if (running) return fail('The program is running already; wait until that run has ended.');
      const missing = graph.scalars.find((name) => typeof scalars[name] !== 'number');
      if (missing !== undefined) return fail(`Scalar ${missing} is missing.`, missing);
      const problem = batchProblem(graph, batch);
      if (problem !== undefined) return { ok: false, error: problem };
      running = true;
      finished = false;
      try {
        await readingBegun;
        freeAll();
        await backend.activate();
        const thrown = await runNodes(contextOf(scalars, batch), breathe);
        const found = (await backend.settle()) ?? thrown;
        if (found !== undefined) return { ok: false, error: found };
        finished = true;
        return ok(undefined);
      } finally {
        running = false;
        if (!finished) freeAll();
      }
    },
    async metrics() {
      if (!finished) return fail('No run has ended yet, so there are no metrics.');
      // All reads are begun before the first is awaited: a run that starts meanwhile frees these tensors.
      const begun = backend
        .activate()
        .then(() =>
          [...transient].map(([id, tensor]) => [valueIn(graph, id).label, tensor.data<'float32'>()] as const),
        );
      readingBegun = begun;
      const readings = await begun;
      const numbers = new Map<string, Numbers>();
      for (const [label, reading] of readings) {
        const answer = await backend.guard(reading);
        if (!answer.ok) return answer;
        numbers.set(label, Float32Array.from(answer.value));
      }
      return ok(numbers);
    },
    dispose: freeAll,
  });
}
