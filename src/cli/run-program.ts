import { type SpawnOptions, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface RunOptions extends Pick<SpawnOptions, 'cwd' | 'env'> {
  /** Told each line the program writes, on either stream. */
  readonly onLine: (text: string) => void;
  /** Milliseconds until it is killed. */
  readonly timeout?: number;
  /** Once it is aborted the program is asked to end by SIGTERM, and waited for. */
  readonly ending?: AbortSignal;
}

/** How a program ended. */
export interface Ended {
  /** Exit code; undefined where it did not start or was killed. */
  readonly code: number | undefined;
  /** In words, where it did not exit by itself. */
  readonly problem: string | undefined;
  readonly seconds: number;
}

/** Runs a program to its end, passing on its lines. Never rejects. */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { onLine, timeout, ending, cwd, env = process.env } = options;
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { cwd, env: uncoloured(env), stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = timeout === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeout);
    // On Windows a signal from here kills at once; there the console itself tells every process of Ctrl-C.
    const ask = () => process.platform === 'win32' || child.kill('SIGTERM');
    if (ending?.aborted) ask();
    else ending?.addEventListener('abort', ask);
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
    const end = (code: number | undefined, problem: string | undefined) => {
      clearTimeout(timer);
      ending?.removeEventListener('abort', ask);
      resolve({ code, problem, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => end(undefined, `${program} did not start: ${error.message}`));
    child.on('close', (code, signal) => end(code ?? undefined, signal === null ? undefined : `was killed (${signal})`));
  });
}

/** Lines that are read and marked are better without escape sequences. */
function uncoloured({ FORCE_COLOR: _, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NO_COLOR: '1' };
}
