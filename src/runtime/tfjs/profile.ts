import { getBackend, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Milliseconds by node kind and by tfjs kernel since the last reset. On a GPU it is the CPU time to hand work over. */
export interface Profile {
  readonly byKind: ReadonlyMap<string, number>;
  readonly byKernel: ReadonlyMap<string, number>;
}

/** Adds up times; see `Profile`. */
export interface Profiler {
  readonly profile: Profile;
  time<Value>(kind: string, body: () => Value): Value;
  reset(): void;
}

const addTo = (sums: Map<string, number>, key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);

/** Starts to time the kernels of the active backend, for this process: for benchmarks only. */
export function createProfiler(): Profiler {
  const byKind = new Map<string, number>();
  const byKernel = new Map<string, number>();
  const timed = <Value>(sums: Map<string, number>, key: string, body: () => Value): Value => {
    const start = performance.now();
    const value = body();
    addTo(sums, key, performance.now() - start);
    return value;
  };
  for (const config of getKernelsForBackend(getBackend())) {
    unregisterKernel(config.kernelName, config.backendName);
    const { kernelFunc } = config;
    // Kernels are set up once, when the backend starts.
    const { setupFunc: _, ...rest } = config;
    registerKernel({ ...rest, kernelFunc: (run) => timed(byKernel, config.kernelName, () => kernelFunc(run)) });
  }
  return {
    profile: { byKind, byKernel },
    time: (kind, body) => timed(byKind, kind, body),
    reset() {
      byKind.clear();
      byKernel.clear();
    },
  };
}
