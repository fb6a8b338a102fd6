import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Threads } from '../executor.ts';
import { messageOf } from '../gpu/message.ts';
import type { Backend, BackendOptions } from './backend.ts';
import { registerFilterGradient } from './wasm-filter-gradient.ts';
import { chooseThreads, threadSurroundings } from './wasm-threads.ts';

/** The part of tfjs' Emscripten module used here. */
interface WasmModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const threadScript = 'tfjs-backend-wasm-threaded-simd.js';
const threadedModule = 'tfjs-backend-wasm-threaded-simd.wasm';

type Started = Pick<Backend, 'hasFilterGradient'> & { readonly threads: Threads };

/** tfjs keeps the one WASM backend it starts; so this is known once it has. */
let started: Started | undefined;

/** Starts tfjs' WASM backend, with threads where it can have them. Errors: its .wasm files cannot be fetched or do not start. */
export async function openWasm(options: BackendOptions): Promise<Result<Backend>> {
  const refused = 'The WASM backend did not start';
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  try {
    started ??= await start(options, simd === true);
    if (started === undefined || !(await setBackend('wasm')))
      return fail(`${refused}; the console has the reason. Check that its .wasm files load.`);
  } catch (error) {
    return fail(`${refused}: ${messageOf(error)}. Check that its .wasm files can be fetched.`);
  }
  return ok({
    ...started,
    name: 'tfjs-wasm',
    description: `tfjs ${version_wasm} on WASM, ${simd === true ? 'SIMD' : 'no SIMD'}`,
    async activate() {
      if (getBackend() !== 'wasm') await setBackend('wasm');
    },
    deviceBytes: () => undefined,
    largestValue: 0x7fff_ffff,
    beginNode() {},
    endNode() {},
    settle: async () => undefined,
    guard: (reading) =>
      reading.then(
        (value) => ok(value),
        (error: unknown) => fail(`Reading from WASM memory failed: ${messageOf(error)}.`),
      ),
    dispose() {},
  });
}

/** Starts it on as many threads as suit, else on one; undefined where it does not start at all. */
async function start({ wasmPaths }: BackendOptions, simd: boolean): Promise<Started | undefined> {
  if (wasmPaths !== undefined) setWasmPaths(wasmPaths as string);
  const wanted = simd
    ? chooseThreads(threadSurroundings())
    : { count: 1, why: 'this browser lacks SIMD, without which tfjs has no more' };
  const refused = wanted.count > 1 ? await registerThreads(wanted.count, wasmPaths) : undefined;
  const threads = refused === undefined ? wanted : { count: 1, why: `more were refused (${refused})` };
  // What tfjs starts by itself is for one.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend('wasm'))) return undefined;
  refuseFullMemory((engine().backend as unknown as { wasm: WasmModule }).wasm);
  return { threads, hasFilterGradient: registerFilterGradient(engine().backend) };
}

/** Answers why there can be none. */
async function registerThreads(count: number, paths: BackendOptions['wasmPaths']): Promise<string | undefined> {
  const [script, wasm] = typeof paths === 'object' ? [paths[threadScript], paths[threadedModule]] : [];
  if (script === undefined || wasm === undefined) return `${threadScript} is not here`;
  return (await import('./wasm-threaded.ts')).registerThreaded(count, script, wasm);
}

/** tfjs takes the address 0 of a failed allocation for good and writes there; this makes it throw. */
function refuseFullMemory(module: WasmModule): void {
  // Emscripten replaces its own stub on the first call.
  module._free(module._malloc(4));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0)
      throw new Error('WASM memory (at most 4 GiB) is full; choose a smaller batch or network');
    return address;
  };
}
