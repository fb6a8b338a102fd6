import { expectOk } from '../../src/base/result.ts';
import { createTfjsExecutor } from '../../src/runtime/tfjs/executor.ts';
import type { Engine, Surroundings } from './engine.ts';
import { prepareTraining } from './training-run.ts';

/** This project's executor on tfjs' WASM backend. */
export async function openOwnWasm({ wasmPaths }: Surroundings): Promise<Engine> {
  const executor = expectOk(
    await createTfjsExecutor({ backend: 'wasm', ...(wasmPaths === undefined ? {} : { wasmPaths }) }),
  );
  return {
    step: (experiment) => prepareTraining(executor, experiment),
    matmul: () => Promise.reject(new Error('only whole steps are measured on WASM')),
    convolution: () => Promise.reject(new Error('only whole steps are measured on WASM')),
  };
}
