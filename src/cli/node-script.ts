import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The repository's root folder. */
export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const loaderOptions = ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];

/** Arguments with which Node runs a TypeScript file, whatever started this process. */
export const scriptArguments = (path: string, args: readonly string[]): string[] => [...loaderOptions, path, ...args];

/** Starts a TypeScript file in a Node process of its own, with a channel for messages. */
export const forkScript = (path: string, args: readonly string[], options: ForkOptions = {}): ChildProcess =>
  fork(path, args, { ...options, execArgv: loaderOptions });

/** The script behind the command of a package of this project, which Node runs: `vite`, `vitest`, `@biomejs/biome` ... */
export function nodeProgram(packageName: string): string {
  const folder = join(repository, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const path = typeof bin === 'string' ? bin : (bin[packageName.replace(/^.*\//, '')] ?? Object.values(bin)[0]);
  return join(folder, path ?? '');
}
