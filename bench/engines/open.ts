import type { EngineName } from '../measurement.ts';
import type { Engine, Surroundings } from './engine.ts';

/** Loads and starts an engine; throws where it cannot run here. */
export async function openEngine(name: EngineName, surroundings: Surroundings): Promise<Engine> {
  switch (name) {
    case 'webgpu':
      return (await import('./own-webgpu.ts')).openOwnWebgpu();
    case 'tfjs-wasm':
      return (await import('./own-wasm.ts')).openOwnWasm(surroundings);
    case 'stock-tfjs-webgpu':
      return (await import('./stock-tfjs.ts')).openStockTfjs('webgpu');
    case 'stock-tfjs-webgl':
      return (await import('./stock-tfjs.ts')).openStockTfjs('webgl');
    case 'jax-webgpu':
      return (await import('./jax.ts')).openJax('webgpu');
    case 'jax-wasm':
      return (await import('./jax.ts')).openJax('wasm');
  }
}
