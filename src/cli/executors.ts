import { fail, ok, type Result } from '../base/result.ts';
import { type Candidate, startExecutor } from '../runtime/choose.ts';
import { type Executor, type ExecutorName, executorNames, threadsInWords } from '../runtime/executor.ts';
import { installNodeWebgpu, softwareDriver } from '../runtime/gpu/node-webgpu.ts';
import { chooseThreads, threadSurroundings } from '../runtime/tfjs/wasm-threads.ts';
import { findSoftwareVulkan } from './browser/software-vulkan.ts';
import { probeWebgpu, type WebgpuAnswer } from './webgpu-probe.ts';

/** WebGPU on this machine: what it would run on, and the Vulkan driver to ask for. */
interface NodeWebgpu extends WebgpuAnswer {
  readonly icd: string | undefined;
}

let ownDrivers: Promise<NodeWebgpu> | undefined;

/** WebGPU on the machine's own drivers, or those of VK_ICD_FILENAMES; asked once. */
function probeOwnDrivers(): Promise<NodeWebgpu> {
  const icd = softwareDriver();
  ownDrivers ??= probeWebgpu(icd).then((found) => ({ ...found, icd }));
  return ownDrivers;
}

/** WebGPU on the machine's own drivers, else on SwiftShader beside a browser. */
async function findWebgpu(): Promise<NodeWebgpu> {
  const found = await probeOwnDrivers();
  if (found.usable) return found;
  const icd = await findSoftwareVulkan();
  if (icd === undefined) {
    const reason = `${found.reason}, and there is no Chromium or Chrome whose software driver could stand in; set VK_ICD_FILENAMES to a Vulkan driver description`;
    return { usable: false, hardware: false, reason, icd };
  }
  const reason = `software Vulkan (SwiftShader, ${icd}), slow; used only when asked for by name`;
  return { usable: true, hardware: false, reason, icd };
}

/** Every executor, whether it can be used in this process, and what it runs on or why not. */
export async function listExecutors(): Promise<Candidate[]> {
  const { usable, hardware, reason } = await findWebgpu();
  const plain = { usable: true, hardware: false } as const;
  return [
    { name: 'interpreter', ...plain, reason: 'float64 in plain TypeScript: the reference, slow' },
    { name: 'tfjs-wasm', ...plain, reason: `the processor, ${threadsInWords(chooseThreads(threadSurroundings()))}` },
    { name: 'tfjs-webgl', usable: false, hardware: false, reason: 'needs a browser' },
    { name: 'webgpu', usable, hardware, reason },
    { name: 'tfjs-webgpu', usable, hardware, reason },
  ];
}

/** Whether a text names an executor; else which names there are. */
export function parseExecutorName(text: string | undefined): Result<ExecutorName | undefined> {
  if (text === undefined) return ok(undefined);
  const name = executorNames.find((known) => known === text);
  if (name !== undefined) return ok(name);
  return fail(`--executor ${text}: there is no such executor. Choose ${executorNames.join(', ')}.`, '--executor');
}

/** The executor used when none is named: WebGPU where Dawn finds a real GPU, else WASM. */
export async function defaultExecutor(): Promise<ExecutorName> {
  return (await probeOwnDrivers()).hardware ? 'webgpu' : 'tfjs-wasm';
}

/** Starts an executor. Only one on WebGPU per process. The process has to be ended with `process.exit`. */
export async function openExecutor(wanted: ExecutorName | undefined): Promise<Result<Executor>> {
  const name = wanted ?? (await defaultExecutor());
  if (name === 'tfjs-webgl') {
    return fail(
      'tfjs-webgl needs a browser, so it cannot be used on the command line. Choose tfjs-wasm.',
      '--executor',
    );
  }
  if (name === 'webgpu' || name === 'tfjs-webgpu') {
    const { usable, reason, icd } = await findWebgpu();
    if (!usable) return fail(`${name} cannot be used here: ${reason}. Or choose tfjs-wasm.`, '--executor');
    const installed = await installNodeWebgpu(icd === undefined ? {} : { icd });
    if (!installed.ok) return installed;
  }
  return startExecutor(name, undefined);
}
