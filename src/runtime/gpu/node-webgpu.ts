import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import { messageOf } from './message.ts';

export interface NodeWebgpuOptions {
  /** Path of a Vulkan driver description (ICD), such as SwiftShader's; left out: the machine's own drivers. */
  readonly icd?: string;
  /** Settings of Dawn such as `backend=null`, a device that computes nothing. */
  readonly flags?: readonly string[];
}

/**
 * Puts Dawn's WebGPU at `navigator.gpu` on Node; call it before tfjs is imported. The answer takes it away again: as long as it is there,
 * Node does not exit by itself. Errors: the driver description or the `webgpu` package is missing.
 */
export async function installNodeWebgpu(options: NodeWebgpuOptions = {}): Promise<Result<() => void>> {
  const { icd, flags = [] } = options;
  if (icd !== undefined) {
    if (!existsSync(icd)) return fail(`There is no Vulkan driver description at ${icd}.`, icd);
    process.env.VK_ICD_FILENAMES = icd;
    preloadVulkan(dirname(icd));
  }
  // The Vulkan loader looks for its settings there and fails without.
  if (process.env.XDG_RUNTIME_DIR === undefined)
    process.env.XDG_RUNTIME_DIR = await mkdtemp(join(tmpdir(), 'runtime-'));
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    const gpu = create([...flags]);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
    return ok(() => {
      if (before === undefined) Reflect.deleteProperty(globalThis, 'navigator');
      else Object.defineProperty(globalThis, 'navigator', before);
    });
  } catch (error) {
    return fail(`Dawn did not start: ${messageOf(error)}.`);
  }
}

/**
 * Loads the Vulkan loader that lies beside a driver, as in Chromium's folder, for machines that have none of their own. Node
 * refuses it as a module, but the flag keeps it loaded, and Dawn then finds it by its name.
 */
function preloadVulkan(folder: string): void {
  const path = join(folder, 'libvulkan.so.1');
  if (!existsSync(path)) return;
  const now = 0x2;
  const noDelete = 0x1000;
  try {
    process.dlopen({ exports: {} }, path, now | noDelete);
  } catch {
    // Always: it is no Node module.
  }
}

/** The software driver named by VK_ICD_FILENAMES, where that file exists; tests use WebGPU only there. */
export function softwareDriver(): string | undefined {
  const named = process.env.VK_ICD_FILENAMES;
  return named !== undefined && existsSync(named) ? named : undefined;
}
