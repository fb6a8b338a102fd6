import '@tensorflow/tfjs-backend-webgpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  env,
  findBackendFactory,
  getBackend,
  memory,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { fail, ok, type Result } from '../../base/result.ts';
import { openDevice } from '../gpu/device.ts';
import { watchErrors } from '../gpu/errors.ts';
import { messageOf } from '../gpu/message.ts';
import type { Backend, BackendOptions } from './backend.ts';

/** tfjs knows one WebGPU backend at a time; a second would free the tensors of the first. */
let inUse = false;

/** Starts tfjs' WebGPU backend on a device of its own or the given one. Errors: no WebGPU, no adapter, one runs already. */
export async function openWebgpu(options: BackendOptions): Promise<Result<Backend>> {
  if (inUse) return fail('A tfjs WebGPU executor is running already; dispose of it first.');
  const opened = await openDevice(options);
  if (!opened.ok) return opened;
  const { device, info, close } = opened.value;
  // Below this count of workgroups tfjs splits long sums with atomic additions, whose order, and so the result, is a matter of luck.
  env().set('WEBGPU_THRESHOLD_TO_INCREASE_WORKGROUPS_FOR_MATMUL', 0.25);
  const errors = watchErrors(device);
  const engineBackend = new WebGPUBackend(device, info);
  try {
    // tfjs' own one, which would ask for a device with limits of its choice.
    if (findBackendFactory('webgpu') !== null) removeBackend('webgpu');
    registerBackend('webgpu', () => engineBackend, 3);
    if (!(await setBackend('webgpu')))
      return fail('tfjs did not accept the WebGPU device; the console has the reason.');
  } catch (error) {
    close();
    return fail(`WebGPU did not start: ${messageOf(error)}`);
  }
  inUse = true;
  return ok({
    name: 'tfjs-webgpu',
    description: `tfjs on WebGPU, ${[info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(' ')}`,
    hasFilterGradient: true,
    async activate() {
      if (getBackend() !== 'webgpu') await setBackend('webgpu');
    },
    deviceBytes: () => (memory() as { numBytesAllocatedInGPU?: number }).numBytesAllocatedInGPU,
    largestValue: Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize),
    beginNode: errors.beginNode,
    endNode: errors.endNode,
    async settle() {
      // tfjs keeps back the last few dispatches.
      errors.beginNode();
      engineBackend.ensureCommandEncoderReady();
      engineBackend.endComputePassEncoder();
      engineBackend.submitQueue();
      errors.endNode('end of the step');
      return errors.settle();
    },
    guard: errors.guard,
    dispose() {
      errors.stop();
      removeBackend('webgpu');
      close();
      inUse = false;
    },
  });
}
