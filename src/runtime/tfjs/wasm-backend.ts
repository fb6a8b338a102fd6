import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { fail, ok, type Result } from '../../base/result.ts';
import { messageOf } from '../gpu/message.ts';
import type { Backend, BackendOptions } from './backend.ts';
import { registerFilterGradient } from './wasm-filter-gradient.ts';

/** The part of tfjs' Emscripten module used here. */
interface WasmModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Known once the backend, of which there is one, has started. */
let hasFilterGradient: boolean | undefined;

/** Starts tfjs' WASM backend on one thread. Errors: its .wasm files cannot be fetched or do not start. */
export async function openWasm(options: BackendOptions): Promise<Result<Backend>> {
  const refused = 'The WASM backend did not start';
  try {
    // One, on a cross-origin isolated page too: tfjs takes at most half of the processors, and two threads on two (busy) cores gave the same
    // numbers in twice the time. Elsewhere asking for more only delays the start.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const running = 'wasm' in engine().registry;
    if (options.wasmPaths !== undefined && !running) setWasmPaths(options.wasmPaths as string);
    if (!(await setBackend('wasm')))
      return fail(`${refused}; the console has the reason. Check that its .wasm files load.`);
    if (!running) refuseFullMemory((engine().backend as unknown as { wasm: WasmModule }).wasm);
  } catch (error) {
    return fail(`${refused}: ${messageOf(error)}. Check that its .wasm files can be fetched.`);
  }
  hasFilterGradient ??= registerFilterGradient(engine().backend);
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return ok({
    name: 'tfjs-wasm',
    description: `tfjs ${version_wasm} on WASM, one thread, ${simd === true ? 'SIMD' : 'no SIMD'}`,
    hasFilterGradient,
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
