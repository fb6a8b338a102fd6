import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { repository, scriptArguments } from './node-script.ts';

/** A command under way in a process of its own. */
export interface StartedCommand {
  readonly child: ChildProcess;
  /** What it wrote so far on both streams. */
  said(): string;
  /** Sends a signal to it and all it started, as a terminal does. */
  signal(name: NodeJS.Signals): void;
  /** Exit code; undefined where a signal ended it. */
  readonly ended: Promise<number | undefined>;
}

/** For tests: starts `src/cli/NAME.ts` as a user does; it is gone after the test under way. */
export function startCommand(name: string, args: readonly string[]): StartedCommand {
  const script = scriptArguments(join(repository, 'src', 'cli', `${name}.ts`), args);
  const child = spawn(process.execPath, script, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said += piece;
    });
  const signal = (given: NodeJS.Signals) => {
    if (child.pid !== undefined) process.kill(-child.pid, given);
  };
  let over = false;
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('close', (code) => {
      over = true;
      resolve(code ?? undefined);
    });
  });
  onTestFinished(() => {
    if (!over) signal('SIGKILL');
  });
  return { child, said: () => said, signal, ended };
}

/** Arguments of `--set` for a network that trains thousands of steps a minute. */
export const tinySettings = [
  'widths=[2,2,4,4]',
  'auxDim=4',
  'decoderHidden=2',
  'batch=10',
  'trainSize=40',
  'testSize=20',
];
