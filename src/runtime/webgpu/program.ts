import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { programBytes } from '../../graph/allocation.ts';
import { describeNode, type StepGraph } from '../../graph/graph.ts';
import type { PlanOptions } from '../../graph/memory-plan.ts';
import type { GraphNode } from '../../graph/node.ts';
import { batchProblem } from '../batch.ts';
import { breatheEvery } from '../breathing.ts';
import type { Batch, Breathe, Program } from '../executor.ts';
import type { DeviceErrors } from '../gpu/errors.ts';
import type { Arena } from './arena.ts';
import type { Tuning } from './kernel.ts';
import { layoutOf } from './layout.ts';
import type { BufferLedger } from './ledger.ts';
import { lowerGraph } from './lower.ts';
import { createMetricRing } from './metrics.ts';
import { createPacer } from './pieces.ts';
import type { Pipelines } from './pipelines.ts';
import { createPoison } from './poison.ts';
import { canMeasure, createTimestamps, type KernelTime } from './profile.ts';
import { inputLabel, type Store } from './store.ts';
import { workOf } from './work.ts';

/** What programs of one executor share. */
export interface Machine {
  readonly device: GPUDevice;
  readonly tuning: Tuning;
  readonly errors: DeviceErrors;
  readonly ledger: BufferLedger;
  readonly store: Store;
  readonly arena: Arena;
  readonly pipelines: Pipelines;
  readonly planOptions: PlanOptions;
  /** Fills what a node has freed with NaN, for checking that nobody reads it. */
  readonly poison: boolean;
  /** Steps handed over whose end was not seen yet, oldest first. */
  readonly inFlight: Promise<unknown>[];
}

/** A compiled graph and what it costs. */
export interface WebgpuProgram extends Program {
  readonly dispatches: number;
  /** Measures the next run kernel by kernel, where the device has timestamps. */
  measureNext(): void;
  /** Times of the run measured last. */
  times(): readonly KernelTime[];
  readonly arenaBytes: number;
}

/** The run of a training program that is measured kernel by kernel: the first that is warm. */
const measuredRun = 3;

/** Steps the device may have in its queue; more make each slower in some browsers. */
const mostInFlight = 2;

/** Compiles `graph`: places values, compiles kernels, binds buffers. Errors: the device refuses a kernel, by the node's name. */
export async function createProgram(graph: StepGraph, machine: Machine): Promise<Result<WebgpuProgram>> {
  const { device, store, arena, ledger, errors, pipelines, inFlight } = machine;
  const layout = layoutOf(graph, machine.tuning, machine.planOptions);
  const lowered = lowerGraph(graph, layout.lowering);
  const compiled = await Promise.all(lowered.map(({ kernel }) => pipelines.get(kernel.code, kernel.label)));
  const steps: { pipeline: GPUComputePipeline; columns: number; rows: number }[] = [];
  for (const [index, pipeline] of compiled.entries()) {
    const { kernel, node } = lowered[index] as (typeof lowered)[number];
    if (!pipeline.ok) return fail(pipeline.error.message, describeNode(graph, graph.nodes[node] as GraphNode));
    const [columns, rows] = kernel.workgroups;
    steps.push({ pipeline: pipeline.value, columns, rows });
  }
  const sizes = programBytes(graph);
  const ring = createMetricRing(graph, layout, ledger, sizes.metrics);
  const scalarBuffer =
    sizes.scalars === 0
      ? undefined
      : ledger.create('scalars', sizes.scalars, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  const scalarNumbers = new Float32Array(sizes.scalars / 4);
  const inputs = graph.values.filter(({ role }) => role === 'input');
  const work = lowered.map(({ node }) => workOf(graph, graph.nodes[node] as GraphNode));
  const operations = work.reduce((sum, item) => sum + item, 0);
  const pacer = createPacer(work, operations / (machine.tuning.kind === 'cpu' ? 4e6 : 1e9));

  let bindGroups: GPUBindGroup[] = [];
  let boundTo = -1;
  const resource = (name: string): GPUBuffer => {
    const found =
      name === 'arena'
        ? arena.buffer()
        : name === 'metrics'
          ? ring.buffer
          : name === 'scalars'
            ? scalarBuffer
            : store.buffer(name);
    if (found === undefined) throw new Error(`the buffer ${name} is gone; was it dropped?`);
    return found;
  };
  const bind = () => {
    bindGroups = lowered.map(({ kernel }, index) =>
      device.createBindGroup({
        label: kernel.label,
        layout: (steps[index] as (typeof steps)[number]).pipeline.getBindGroupLayout(0),
        entries: kernel.bindings.map(({ resource: name, offset, bytes }, binding) => ({
          binding,
          resource: { buffer: resource(name), offset, size: bytes },
        })),
      }),
    );
    boundTo = arena.generation();
  };

  let running = false;
  let finished = false;
  let disposed = false;

  const writeBatch = (batch: Batch) => {
    for (const value of inputs) {
      const data = batch[value.label as keyof Batch] as Uint8Array<ArrayBuffer>;
      device.queue.writeBuffer(resource(inputLabel(value)), 0, data.byteLength % 4 === 0 ? data : inFours(data));
    }
  };
  const poison = machine.poison ? createPoison(device, ledger, layout.plan) : undefined;
  const submit = (from: number, to: number, last: boolean) => {
    const encoder = device.createCommandEncoder();
    let pass = encoder.beginComputePass();
    let bound: GPUComputePipeline | undefined;
    for (let index = from; index < to; index++) {
      const { pipeline, columns, rows } = steps[index] as (typeof steps)[number];
      if (pipeline !== bound) pass.setPipeline(pipeline);
      bound = pipeline;
      pass.setBindGroup(0, bindGroups[index] as GPUBindGroup);
      pass.dispatchWorkgroups(columns, rows);
      const { node } = lowered[index] as (typeof lowered)[number];
      if (poison === undefined || lowered[index + 1]?.node === node) continue;
      pass.end();
      poison.fill(encoder, arena.buffer() as GPUBuffer, node);
      pass = encoder.beginComputePass();
      bound = undefined;
    }
    pass.end();
    if (last) ring.record(encoder);
    device.queue.submit([encoder.finish()]);
  };
  let measuring = false;
  let runs = 0;
  let times: readonly KernelTime[] = [];
  const submitMeasured = async (): Promise<Problem | undefined> => {
    const timestamps = createTimestamps(device, ledger, lowered.length);
    const encoder = device.createCommandEncoder();
    steps.forEach(({ pipeline, columns, rows }, index) => {
      const pass = encoder.beginComputePass(timestamps.pass(index));
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroups[index] as GPUBindGroup);
      pass.dispatchWorkgroups(columns, rows);
      pass.end();
    });
    timestamps.resolve(encoder);
    ring.record(encoder);
    device.queue.submit([encoder.finish()]);
    const read = await errors.guard(timestamps.read());
    if (!read.ok) return read.error;
    times = lowered.map(({ kernel, phase, node }, index) => ({
      label: kernel.label,
      phase,
      module: (graph.nodes[node] as GraphNode).module,
      milliseconds: read.value[index] as number,
    }));
    return undefined;
  };
  const submitAll = async (breathe: Breathe | undefined): Promise<Problem | undefined> => {
    if (measuring) {
      measuring = false;
      return submitMeasured();
    }
    const pause = breatheEvery(breathe);
    const ends = pacer.ends();
    const started = performance.now();
    let from = 0;
    let before: Promise<unknown> | undefined;
    for (const end of ends) {
      submit(from, end, end === steps.length);
      from = end;
      if (ends.length <= 2) continue;
      // A long step: at most two pieces wait, so that a pause holds soon and the queue stays short.
      await before;
      before = device.queue.onSubmittedWorkDone();
      await pause();
    }
    const alone = inFlight.length === 0;
    const done = device.queue.onSubmittedWorkDone().then(
      () => {
        if (alone) pacer.took(performance.now() - started);
      },
      // A lost device; `errors` tells of it.
      () => undefined,
    );
    inFlight.push(done);
    while (inFlight.length > mostInFlight) await inFlight.shift();
    return undefined;
  };

  return ok({
    graph,
    dispatches: lowered.length,
    arenaBytes: layout.plan.arenaBytes,
    measureNext() {
      measuring = canMeasure(device, lowered.length);
    },
    times: () => times,
    async run(scalars, batch, breathe) {
      if (running) return fail('The program is running already; wait until that run has ended.');
      const missing = graph.scalars.find((name) => typeof scalars[name] !== 'number');
      if (missing !== undefined) return fail(`Scalar ${missing} is missing.`, missing);
      const problem = batchProblem(graph, batch) ?? errors.take();
      if (problem !== undefined) return { ok: false, error: problem };
      running = true;
      try {
        if (boundTo !== arena.generation()) bind();
        runs += 1;
        if (runs === measuredRun && graph.purpose === 'train') measuring = canMeasure(device, lowered.length);
        await ring.free();
        writeBatch(batch);
        graph.scalars.forEach((name, index) => {
          scalarNumbers[index] = scalars[name] as number;
        });
        if (scalarBuffer !== undefined) device.queue.writeBuffer(scalarBuffer, 0, scalarNumbers);
        const found = (await submitAll(breathe)) ?? errors.take();
        finished = found === undefined;
        return found === undefined ? ok(undefined) : { ok: false, error: found };
      } finally {
        running = false;
      }
    },
    async metrics() {
      if (!finished) return fail('No run has ended yet, so there are no metrics.');
      return errors.guard(ring.read());
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      ring.dispose();
      poison?.dispose();
      if (scalarBuffer !== undefined) ledger.destroy(scalarBuffer);
      arena.leave(this);
    },
  });
}

/** Bytes with zeros up to a multiple of four, as WebGPU copies them. */
function inFours(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil(data.length / 4) * 4);
  padded.set(data);
  return padded;
}
