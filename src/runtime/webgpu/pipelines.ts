import { fail, ok, type Result } from '../../base/result.ts';
import { messageOf } from '../gpu/message.ts';

/** Compiled kernels, kept for the device's life: equal code is compiled once, so a re-cut compiles only new shapes. */
export interface Pipelines {
  /** Errors: the device refuses the code; the message names the kernel. */
  get(code: string, label: string): Promise<Result<GPUComputePipeline>>;
  count(): number;
}

/** A cache of the pipelines of `device`. */
export function createPipelines(device: GPUDevice): Pipelines {
  const made = new Map<string, Promise<Result<GPUComputePipeline>>>();
  const compile = async (code: string, label: string): Promise<Result<GPUComputePipeline>> => {
    try {
      const module = device.createShaderModule({ code, label });
      const wrong = (await module.getCompilationInfo()).messages.find(({ type }) => type === 'error');
      if (wrong !== undefined) {
        const line = code.split('\n')[wrong.lineNum - 1]?.trim() ?? '';
        return fail(`The kernel ${label} did not compile: ${wrong.message} in "${line}"`, label);
      }
      const compute = { module, entryPoint: 'main' };
      return ok(await device.createComputePipelineAsync({ label, layout: 'auto', compute }));
    } catch (error) {
      return fail(`The kernel ${label} did not compile: ${messageOf(error)}`, label);
    }
  };
  return {
    get(code, label) {
      const known = made.get(code);
      if (known !== undefined) return known;
      const compiling = compile(code, label);
      made.set(code, compiling);
      return compiling;
    },
    count: () => made.size,
  };
}
