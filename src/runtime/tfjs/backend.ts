import type { Problem, Result } from '../../base/result.ts';
import type { ExecutorName, Threads } from '../executor.ts';
import type { DeviceOptions } from '../gpu/device.ts';
import type { DeviceBytes } from './ledger.ts';

export interface BackendOptions extends DeviceOptions {
  readonly backend: 'wasm' | 'webgl' | 'webgpu';
  /**
   * Where the browser finds tfjs' .wasm files: a folder ending in a slash, or a path for each of the three and one for
   * `tfjs-backend-wasm-threaded-simd.js`, which its threads load and without which there is one.
   */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
}

/** What the executor needs from a tfjs backend beyond its kernels. */
export interface Backend {
  readonly name: ExecutorName;
  readonly description: string;
  /** On WASM. */
  readonly threads?: Threads;
  /** Whether it has a good kernel of its own for the gradient of a convolution's weights. */
  readonly hasFilterGradient: boolean;
  /** Makes this backend the one tfjs runs on; another executor may have changed it in the meantime. */
  activate(): Promise<void>;
  readonly deviceBytes: DeviceBytes;
  /** Largest value it can hold, in bytes. */
  readonly largestValue: number;
  /** Brackets one node, so that an error that comes later can be traced to it. */
  beginNode(): void;
  endNode(where: string): void;
  /** Waits until the work handed over is done; the first error since the last call. */
  settle(): Promise<Problem | undefined>;
  /** Waits for a read, but not for ever: a lost device never answers. */
  guard<Value>(reading: Promise<Value>): Promise<Result<Value>>;
  dispose(): void;
}

/** Loads and starts a tfjs backend. Errors: it is missing here, refuses to start, or lacks what the kernels need. */
export async function openBackend(options: BackendOptions): Promise<Result<Backend>> {
  switch (options.backend) {
    case 'wasm':
      return (await import('./wasm-backend.ts')).openWasm(options);
    case 'webgl':
      return (await import('./webgl-backend.ts')).openWebgl();
    case 'webgpu':
      return (await import('./webgpu-backend.ts')).openWebgpu(options);
  }
}
