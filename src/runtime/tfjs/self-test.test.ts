import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { selfTest } from './self-test.ts';

test('WASM passes the numeric self-test', async () => {
  expect(await selfTest({ backend: 'wasm' })).toEqual({ ok: true, value: undefined });
});

test('a backend that answers other numbers is refused', async () => {
  const kernel = getKernel('Conv2D', 'wasm');
  unregisterKernel('Conv2D', 'wasm');
  const { setupFunc: _, ...rest } = kernel;
  // Keeps ten bits, as half-precision textures do.
  registerKernel({
    ...rest,
    kernelFunc(run) {
      const answer = kernel.kernelFunc(run);
      const { typedArrayFromHeap } = run.backend as { typedArrayFromHeap(info: unknown): Float32Array };
      const numbers = typedArrayFromHeap.call(run.backend, answer);
      numbers.set(numbers.map((value) => Math.fround(Math.round(value * 1024) / 1024)));
      return answer;
    },
  });
  const result = await selfTest({ backend: 'wasm' });
  unregisterKernel('Conv2D', 'wasm');
  registerKernel(kernel);
  expect(result.ok ? '' : result.error.message).toContain('not exact enough');
});

test('a backend that is not here is an error', async () => {
  const result = await selfTest({ backend: 'webgpu' });
  expect(result.ok).toBe(false);
});
