import { fail, ok, type Result } from '../../base/result.ts';
import { messageOf } from './message.ts';

export interface DeviceOptions {
  /** A WebGPU device to use instead of one of its own; its owner destroys it. */
  readonly device?: GPUDevice;
  /** The `info` of the adapter `device` came from. */
  readonly adapterInfo?: GPUAdapterInfo;
}

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
export async function openDevice(options: DeviceOptions): Promise<Result<OpenDevice>> {
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

/** The words for an adapter, from what it says of itself. */
export const adapterName = ({ vendor, architecture, device, description }: GPUAdapterInfo): string =>
  [vendor, architecture, device, description].filter((part) => part !== '').join(' ') || 'unnamed adapter';

/** Whether an adapter emulates a GPU on the processor. */
export const isSoftware = (name: string): boolean => /swiftshader|llvmpipe|softpipe|basic render|software/i.test(name);
