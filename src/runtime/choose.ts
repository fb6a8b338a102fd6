import { fail, type Result } from '../base/result.ts';
import { type Executor, type ExecutorName, threadsInWords } from './executor.ts';
import { adapterName, isSoftware } from './gpu/device.ts';
import { chooseThreads, threadSurroundings } from './tfjs/wasm-threads.ts';

/** An executor and whether it can be used here. */
export interface Candidate {
  readonly name: ExecutorName;
  readonly usable: boolean;
  /** Whether it runs on a GPU and not on an emulation of one. */
  readonly hardware: boolean;
  /** What it would run on, or why it cannot be used. */
  readonly reason: string;
}

/** Looks at the browser for what each executor needs; starts none of them. */
export async function surveyExecutors(): Promise<Candidate[]> {
  const webgpu = await surveyWebgpu();
  return [
    { ...webgpu, name: 'webgpu' },
    { ...webgpu, name: 'tfjs-webgpu' },
    surveyWasm(),
    surveyWebgl(),
    interpreterCandidate,
  ];
}

const interpreterCandidate: Candidate = {
  name: 'interpreter',
  usable: true,
  hardware: false,
  reason: 'float64 in plain TypeScript: the reference for checking small cases, slow',
};

async function surveyWebgpu(): Promise<Omit<Candidate, 'name'>> {
  const gpu = globalThis.navigator?.gpu as GPU | undefined;
  if (gpu === undefined) {
    // Left out on Node, which has no such notion.
    const insecure = globalThis.isSecureContext === false;
    const reason = insecure
      ? 'browsers offer WebGPU only to pages from https or localhost, and this one is from neither'
      : 'this browser has no WebGPU';
    return { usable: false, hardware: false, reason };
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null) return { usable: false, hardware: false, reason: 'WebGPU found no adapter' };
  const text = adapterName(adapter.info);
  if (adapter.info.isFallbackAdapter || isSoftware(text)) {
    return { usable: true, hardware: false, reason: `${text}: a software adapter that emulates a GPU, slow` };
  }
  return { usable: true, hardware: true, reason: text };
}

function surveyWasm(): Candidate {
  const usable = typeof WebAssembly === 'object';
  return {
    name: 'tfjs-wasm',
    usable,
    hardware: false,
    reason: usable
      ? `the processor, ${threadsInWords(chooseThreads(threadSurroundings()))}`
      : 'this browser has no WebAssembly',
  };
}

function surveyWebgl(): Candidate {
  const name = 'tfjs-webgl';
  const context = typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(1, 1).getContext('webgl2') : null;
  if (context === null) return { name, usable: false, hardware: false, reason: 'there is no WebGL 2 in a worker here' };
  const details = context.getExtension('WEBGL_debug_renderer_info');
  const renderer =
    details === null ? 'unnamed renderer' : String(context.getParameter(details.UNMASKED_RENDERER_WEBGL));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  const software = isSoftware(renderer);
  return {
    name,
    usable: true,
    hardware: !software,
    reason: software ? `${renderer}: emulated in software, slow` : renderer,
  };
}

/** Starts an executor by name. `wasmPaths` says where tfjs' .wasm files are. */
export async function startExecutor(
  name: ExecutorName,
  wasmPaths: Readonly<Record<string, string>> | undefined,
): Promise<Result<Executor>> {
  const paths = wasmPaths === undefined ? {} : { wasmPaths };
  try {
    switch (name) {
      case 'interpreter':
        return { ok: true, value: (await import('./interpreter/interpreter.ts')).createInterpreter() };
      case 'webgpu':
        return await (await import('./webgpu/executor.ts')).createWebgpuExecutor();
      case 'tfjs-wasm':
        return await (await import('./tfjs/executor.ts')).createTfjsExecutor({ backend: 'wasm', ...paths });
      case 'tfjs-webgl': {
        const options = { backend: 'webgl' } as const;
        const tested = await (await import('./tfjs/self-test.ts')).selfTest(options);
        return tested.ok ? await (await import('./tfjs/executor.ts')).createTfjsExecutor(options) : tested;
      }
      case 'tfjs-webgpu':
        return await (await import('./tfjs/executor.ts')).createTfjsExecutor({ backend: 'webgpu' });
    }
  } catch (error) {
    return fail(
      `The executor ${name} could not be loaded: ${String(error)}. Reload the page, or choose another.`,
      name,
    );
  }
}
