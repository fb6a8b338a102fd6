import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import startModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { wasmWorkerContents } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';
import { registerBackend, removeBackend } from '@tensorflow/tfjs-core';

type TfjsModule = ConstructorParameters<typeof BackendWasm>[0];

/** What Emscripten is given, and fills. */
interface EmscriptenModule {
  readonly mainScriptUrlOrBlob: string;
  readonly locateFile: (name: string) => string;
  /** Workers waiting to become threads; there as soon as the start has begun. */
  readonly PThread?: { readonly unusedWorkers: Worker[] };
}

/**
 * Puts a WASM backend with threads in the place of tfjs' own. That one hands its threads the text of a function, which is wrong once a
 * bundler has been over it, and which a policy against scripts from blobs refuses; these load a file of the page. Answers why it could
 * not be, in which case tfjs' own is still there.
 *
 * @param count of threads, the calling one included; at most half of the processors and eight
 * @param script where tfjs' script for its threaded module lies
 * @param wasm where that module lies
 */
export async function registerThreaded(count: number, script: string, wasm: string): Promise<string | undefined> {
  // Every line break in that text stands within quotes, and is to be an escape there; tfjs does the same.
  const text = wasmWorkerContents.replaceAll('\n', '\\n');
  const first = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const given: EmscriptenModule = {
    mainScriptUrlOrBlob: new URL(script, globalThis.location.href).href,
    locateFile: (name) => (name.endsWith('.wasm') ? wasm : first),
  };
  const workers: Worker[] = [];
  const watch = new AbortController();
  try {
    const starting = startModule(given) as Promise<TfjsModule & Emscripten>;
    const pool = given.PThread?.unusedWorkers ?? [];
    // Emscripten makes eight, whatever will be asked for.
    for (const worker of pool.splice(count - 1)) worker.terminate();
    workers.push(...pool);
    const module = await Promise.race([starting, firstFailure(workers, watch.signal)]);
    Object.assign(module, { tfjs: functionsOf(module) });
    removeBackend('wasm');
    registerBackend('wasm', () => new BackendWasm(module));
    setThreadsCount(count);
    return undefined;
  } catch (error) {
    for (const worker of workers) worker.terminate();
    return error instanceof Error ? error.message : String(error);
  } finally {
    watch.abort();
    URL.revokeObjectURL(first);
  }
}

/** Rejects when a worker cannot load its script. Emscripten would wait for it for ever. */
function firstFailure(workers: readonly Worker[], signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    for (const worker of workers)
      worker.addEventListener(
        'error',
        (event) => {
          event.preventDefault();
          // Emscripten's own listener throws.
          event.stopImmediatePropagation();
          reject(new Error(event.message || 'a thread did not start'));
        },
        { signal },
      );
  });
}

interface Emscripten {
  cwrap(name: string, returns: 'number' | null, takes: readonly 'number'[]): (...numbers: number[]) => number;
}

/** The functions of the module that tfjs' backend calls by name. */
const functionsOf = ({ cwrap }: Emscripten) => ({
  init: cwrap('init', null, []),
  initWithThreadsCount: cwrap('init_with_threads_count', null, ['number']),
  getThreadsCount: cwrap('get_threads_count', 'number', []),
  registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
  disposeData: cwrap('dispose_data', null, ['number']),
  dispose: cwrap('dispose', null, []),
});
