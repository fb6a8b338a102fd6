import { fail, ok, type Result } from '../../base/result.ts';
import { type BackendOptions, messageOf } from './backend.ts';

/** A device and what it runs on; `close` destroys it where it was made here. */
export interface OpenDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  close(): void;
}

/** Limits the kernels gain from; a device has WebGPU's small defaults unless it asks for the adapter's. */
const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** The given device, or one of the adapter's real limits and features. Errors: no WebGPU here, no adapter, a refusal. */
export async function openDevice(options: BackendOptions): Promise<Result<OpenDevice>> {
  const { device, adapterInfo } = options;
  if (device !== undefined) return ok({ device, info: adapterInfo ?? device.adapterInfo, close() {} });
  const gpu = globalThis.navigator?.gpu as GPU | undefined;
  if (gpu === undefined) return fail('There is no WebGPU here. Use the WASM executor.');
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) return fail('WebGPU found no adapter. Use the WASM executor.');
    const limits = wantedLimits.map((name) => [name, adapter.limits[name]] as const);
    const own = await adapter.requestDevice({
      requiredLimits: Object.fromEntries(limits),
      requiredFeatures: [...adapter.features] as GPUFeatureName[],
    });
    return ok({ device: own, info: adapter.info, close: () => own.destroy() });
  } catch (error) {
    return fail(`WebGPU refused a device: ${messageOf(error)}. Use the WASM executor.`);
  }
}
