import { keep, type Tensor } from '@tensorflow/tfjs-core';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Executor } from '../executor.ts';
import { type BackendOptions, openBackend } from './backend.ts';
import { createLedger } from './ledger.ts';
import { createProfiler, type Profile } from './profile.ts';
import { createProgram, type Machine } from './program.ts';
import { createStore } from './store.ts';

export interface TfjsOptions extends BackendOptions {
  /** Times every node and kernel; for benchmarks, as it changes tfjs' kernels for the whole process. */
  readonly profile?: boolean;
}

export interface TfjsExecutor extends Executor {
  /** Times since the last reset; undefined without the option `profile`. */
  readonly profile: Profile | undefined;
  resetProfile(): void;
}

/**
 * An executor on a tfjs backend: `tfjs-wasm`, `tfjs-webgl` or `tfjs-webgpu`, float32. Errors: the backend cannot start here.
 * Bytes are measured: live tensors with a node's temporaries on WASM, what the backend has allocated on a GPU.
 */
export async function createTfjsExecutor(options: TfjsOptions): Promise<Result<TfjsExecutor>> {
  const opened = await openBackend(options);
  if (!opened.ok) return opened;
  const backend = opened.value;
  const ledger = createLedger(backend.deviceBytes);
  const store = createStore(ledger);
  const profiler = options.profile === true ? createProfiler() : undefined;
  const machine: Machine = { backend, store, ledger, profiler };
  return ok({
    name: backend.name,
    description: backend.description,
    threads: backend.threads,
    profile: profiler?.profile,
    resetProfile() {
      profiler?.reset();
    },
    async compile(graph) {
      await backend.activate();
      return createProgram(graph, machine);
    },
    async write(name, data) {
      await backend.activate();
      return store.write(name, data);
    },
    async read(name) {
      const tensor = store.get(name);
      if (tensor === undefined) return fail(`No value is called ${name}.`, name);
      await backend.activate();
      const answer = await backend.guard(tensor.data<'float32'>());
      return answer.ok ? ok(Float32Array.from(answer.value)) : answer;
    },
    async snapshot(names) {
      await backend.activate();
      const copies: [string, Tensor][] = [];
      const forget = () => {
        for (const [, copy] of copies) copy.dispose();
      };
      for (const name of names) {
        const tensor = store.get(name);
        if (tensor === undefined) {
          forget();
          return fail(`No value is called ${name}.`, name);
        }
        // Tensors never change in place: an update makes another.
        copies.push([name, keep(tensor.clone())]);
      }
      return ok({
        async values() {
          await backend.activate();
          const read = await backend.guard(Promise.all(copies.map(([, copy]) => copy.data<'float32'>())));
          const values = read.ok
            ? ok(new Map(copies.map(([name], index) => [name, Float32Array.from(read.value[index] as Float32Array)])))
            : read;
          forget();
          return values;
        },
      });
    },
    drop(names) {
      store.drop(names);
    },
    bytes: ledger.bytes,
    resetPeak: ledger.resetPeak,
    dispose() {
      store.clear();
      backend.dispose();
    },
  });
}
