import { fail, failWith, ok, type Result } from '../../base/result.ts';
import { totalBytes } from '../../graph/allocation.ts';
import { type StepGraph, valueIn } from '../../graph/graph.ts';
import type { Phase } from '../../graph/node.ts';
import { valueBytes } from '../../graph/value.ts';

import type { Executor } from '../executor.ts';
import { adapterName, type DeviceOptions, isSoftware, openDevice } from '../gpu/device.ts';
import { watchErrors } from '../gpu/errors.ts';
import { createArena } from './arena.ts';
import type { Tuning } from './kernel.ts';
import { createLedger } from './ledger.ts';
import { createPipelines } from './pipelines.ts';
import type { KernelTime } from './profile.ts';
import { createProgram, type Machine, type WebgpuProgram } from './program.ts';
import { createStore, type Stored, storedBytes } from './store.ts';

export interface WebgpuOptions extends DeviceOptions {
  /** Kernels for a GPU or for a processor that emulates one; left out: by what the adapter says. */
  readonly tuning?: Tuning['kind'];
  /** As in `Tuning`; left out: what pays on the software adapter. */
  readonly smallWork?: number;
  /** Every value gets a place of its own, for checking the plan that lets values share. */
  readonly separate?: boolean;
  /** Freed places are filled with NaN, for the same. */
  readonly poison?: boolean;
}

/**
 * The executor on WebGPU: kernels written for the graph, memory as planned. Errors: there is no WebGPU here, or it refuses a device.
 * Bytes are planned and equal what is allocated.
 */
export async function createWebgpuExecutor(options: WebgpuOptions = {}): Promise<Result<Executor>> {
  const opened = await openDevice(options);
  if (!opened.ok) return opened;
  const { device, info, close } = opened.value;
  const name = adapterName(info);
  const errors = watchErrors(device);
  const ledger = createLedger(device);
  const store = createStore(ledger);
  const software = isSoftware(name) || info.isFallbackAdapter;
  const tuning: Tuning = {
    kind: options.tuning ?? (software ? 'cpu' : 'gpu'),
    subgroups: device.features.has('subgroups'),
    smallWork: options.smallWork ?? 3e7,
  };
  const machine: Machine = {
    device,
    tuning,
    errors,
    ledger,
    store,
    arena: createArena(device, ledger),
    pipelines: createPipelines(device),
    planOptions: { reuse: options.separate !== true },
    poison: options.poison === true,
    inFlight: [],
  };
  const programs = new Set<WebgpuProgram>();
  const live = () => [...programs].map(({ graph }) => graph);
  const largest = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);

  return ok({
    name: 'webgpu',
    description: `WebGPU, ${name}`,
    async compile(graph) {
      const problem = tooLarge(graph, largest);
      if (!problem.ok) return problem;
      const created = store.create(graph);
      if (!created.ok) return created;
      const made = await createProgram(graph, machine);
      if (!made.ok) return made;
      const program = made.value;
      const entered = await machine.arena.enter(program);
      if (!entered.ok) {
        program.dispose();
        return entered;
      }
      programs.add(program);
      return ok({
        ...program,
        dispose() {
          program.dispose();
          programs.delete(program);
          store.keepInputs(live());
        },
      });
    },
    async write(label, data) {
      const tensor = store.get(label);
      if (tensor === undefined) return fail(`No value is called ${label}; compile a graph that has it first.`, label);
      const wanted = storedBytes(tensor) / 4;
      if (data.length !== wanted) return fail(`${label} has ${wanted} numbers, ${data.length} were given.`, label);
      device.queue.writeBuffer(tensor.buffer, tensor.offset, Float32Array.from(data));
      return ok(undefined);
    },
    async read(label) {
      const tensor = store.get(label);
      if (tensor === undefined) return fail(`No value is called ${label}.`, label);
      const bytes = storedBytes(tensor);
      const staging = ledger.create('read', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(tensor.buffer, tensor.offset, staging, 0, bytes);
      device.queue.submit([encoder.finish()]);
      const answer = await errors.guard(
        staging.mapAsync(GPUMapMode.READ).then(() => new Float32Array(staging.getMappedRange().slice(0))),
      );
      ledger.destroy(staging);
      return answer;
    },
    async snapshot(names) {
      const tensors = names.map((label) => [label, store.get(label)] as const);
      const unknown = tensors.find(([, tensor]) => tensor === undefined);
      if (unknown !== undefined) return fail(`No value is called ${unknown[0]}.`, unknown[0]);
      const placed: { label: string; start: number; tensor: Stored }[] = [];
      let bytes = 0;
      for (const [label, tensor] of tensors) {
        placed.push({ label, start: bytes, tensor: tensor as Stored });
        bytes += storedBytes(tensor as Stored);
      }
      const staging = ledger.create('snapshot', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
      const encoder = device.createCommandEncoder();
      for (const { start, tensor } of placed)
        encoder.copyBufferToBuffer(tensor.buffer, tensor.offset, staging, start, storedBytes(tensor));
      device.queue.submit([encoder.finish()]);
      return ok({
        async values() {
          const arrived = await errors.guard(
            staging.mapAsync(GPUMapMode.READ).then(() => {
              const all = staging.getMappedRange();
              return new Map(
                placed.map(({ label, start, tensor }) => [
                  label,
                  new Float32Array(all.slice(start, start + storedBytes(tensor))),
                ]),
              );
            }),
          );
          ledger.destroy(staging);
          return arrived;
        },
      });
    },
    drop: store.drop,
    bytes: () => ({ held: ledger.held(), peak: ledger.peak(), kind: 'planned' }),
    report() {
      const train = [...programs].find(({ graph }) => graph.purpose === 'train');
      if (train === undefined) return undefined;
      return {
        adapter: name,
        features: [...device.features].sort(),
        kernels: tuning.kind === 'gpu' ? 'a GPU' : 'a processor that emulates a GPU',
        plannedBytes: totalBytes(
          live(),
          [...programs].map(({ arenaBytes }) => arenaBytes),
        ),
        allocatedBytes: ledger.held(),
        dispatches: train.dispatches,
        phases: phasesOf(train.times()),
      };
    },
    resetPeak: ledger.resetPeak,
    dispose() {
      for (const program of programs) program.dispose();
      programs.clear();
      store.clear();
      errors.stop();
      close();
    },
  });
}

function tooLarge(graph: StepGraph, largest: number): Result<void> {
  const found = graph.values.find((value) => valueBytes(value) > largest);
  if (found === undefined) return ok(undefined);
  const owner = found.part === undefined ? found : valueIn(graph, found.part.of);
  return failWith(
    'out-of-memory',
    `${owner.label} needs ${valueBytes(owner)} bytes, more than ${largest}, the most one value may have here. Choose a smaller batch.`,
    owner.label,
  );
}

function phasesOf(times: readonly KernelTime[]): Readonly<Record<Phase, number>> | undefined {
  if (times.length === 0) return undefined;
  const sums = { forward: 0, backward: 0, update: 0 };
  for (const { phase, milliseconds } of times) sums[phase] += milliseconds;
  return sums;
}
