import { fileURLToPath } from 'node:url';
import { type Candidate, surveyExecutors } from '../runtime/choose.ts';
import { installNodeWebgpu } from '../runtime/gpu/node-webgpu.ts';
import { forkScript } from './node-script.ts';

/** What Dawn finds on this machine. */
export type WebgpuAnswer = Pick<Candidate, 'usable' | 'hardware' | 'reason'>;

const self = fileURLToPath(import.meta.url);
const askedForAnswer = 'hpff-probe-webgpu';
/** A driver that hangs must not hang the command. */
const patience = 20_000;

/**
 * Asks Dawn for an adapter, in a process of its own: drivers print to the terminal, crash and hang, and a live GPU object keeps a
 * process alive.
 *
 * @param icd Vulkan driver description to use in place of the machine's own drivers
 */
export function probeWebgpu(icd: string | undefined): Promise<WebgpuAnswer> {
  return new Promise((resolve) => {
    const args = icd === undefined ? [askedForAnswer] : [askedForAnswer, icd];
    const child = forkScript(self, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    let answer: WebgpuAnswer = {
      usable: false,
      hardware: false,
      reason: 'Dawn, which brings WebGPU to Node, crashed or hung',
    };
    child.on('message', (message) => {
      answer = message as WebgpuAnswer;
      child.kill('SIGKILL');
    });
    child.on('error', (error) => {
      answer = { usable: false, hardware: false, reason: error.message };
      resolve(answer);
    });
    child.on('exit', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

async function answer(icd: string | undefined): Promise<WebgpuAnswer> {
  const installed = await installNodeWebgpu(icd === undefined ? {} : { icd });
  if (!installed.ok) return { usable: false, hardware: false, reason: installed.error.message };
  const found = (await surveyExecutors()).find(({ name }) => name === 'webgpu');
  return found ?? { usable: false, hardware: false, reason: 'WebGPU is unknown here' };
}

if (process.argv[1] === self && process.argv[2] === askedForAnswer) {
  process.send?.(await answer(process.argv[3]));
}
