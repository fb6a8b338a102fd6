import { version_webgl } from '@tensorflow/tfjs-backend-webgl';
import { engine, env, getBackend, memory, setBackend } from '@tensorflow/tfjs-core';
import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { within } from '../gpu/time-limit.ts';
import type { Backend } from './backend.ts';

/** Starts tfjs' WebGL backend. Errors: no WebGL here, or no float32 textures, without which training is not exact. */
export async function openWebgl(): Promise<Result<Backend>> {
  const started = await setBackend('webgl').catch(() => false);
  if (!started) return fail('WebGL did not start here. Use the WASM executor.');
  if (!env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE')) {
    return fail('This WebGL has no float32 textures, so sums would lose digits. Use the WASM executor.');
  }
  const context = contextOf(engine().backend);
  const lost = (): Problem | undefined =>
    context?.isContextLost() === true
      ? { message: 'The browser took the WebGL context away. Reload and continue from the last checkpoint.' }
      : undefined;
  return ok({
    name: 'tfjs-webgl',
    description: `tfjs ${version_webgl} on WebGL ${env().getNumber('WEBGL_VERSION')}`,
    hasFilterGradient: false,
    async activate() {
      if (getBackend() !== 'webgl') await setBackend('webgl');
    },
    deviceBytes: () => numberOf(memory(), 'numBytesInGPUAllocated'),
    largestValue: 4 * env().getNumber('WEBGL_MAX_TEXTURE_SIZE') ** 2,
    beginNode() {},
    endNode() {},
    settle: async () => lost(),
    async guard(reading) {
      const answer = await within(reading);
      const problem = lost();
      return problem === undefined ? answer : { ok: false, error: problem };
    },
    dispose() {},
  });
}

const numberOf = (record: object, key: string): number | undefined => {
  const entry: unknown = Reflect.get(record, key);
  return typeof entry === 'number' ? entry : undefined;
};

function contextOf(backend: unknown): WebGL2RenderingContext | undefined {
  return (backend as { gpgpu?: { gl?: WebGL2RenderingContext } }).gpgpu?.gl;
}
