import { join } from 'node:path';
import type { ExecutorName } from '../../runtime/executor.ts';
import { repository, scriptArguments } from '../node-script.ts';
import { runProgram } from '../run-program.ts';

export interface GoldenCheckOptions {
  readonly executor: ExecutorName;
  /** Folder with CIFAR-10's .bin files, for learning cases. */
  readonly data?: string;
  /** Root of the sources to check; left out: this repository. */
  readonly folder?: string;
  readonly onLine?: (text: string) => void;
}

/** What `golden` said of its files, by name. */
export interface GoldenVerdict {
  readonly passed: readonly string[];
  /** Files whose errors exceed their tolerances. */
  readonly failed: readonly string[];
  /** Lines of files that could not be compared at all. */
  readonly refused: readonly string[];
  /** What went wrong with the check itself. */
  readonly problem: string | undefined;
}

/** Runs the command `golden` in a process of its own and reads its lines. */
export async function checkGoldens(files: readonly string[], options: GoldenCheckOptions): Promise<GoldenVerdict> {
  const { executor, data, folder = repository, onLine = () => {} } = options;
  const passed: string[] = [];
  const failed: string[] = [];
  const refused: string[] = [];
  let last = '';
  const script = join(folder, 'src', 'cli', 'golden.ts');
  const settings = ['--executor', executor, ...(data === undefined ? [] : ['--data', data])];
  const ended = await runProgram(process.execPath, scriptArguments(script, [...files, ...settings]), {
    cwd: folder,
    onLine(line) {
      onLine(line);
      if (line.trim() !== '') last = line;
      const [, state, name, rest = ''] = /^(ok|FAIL) (\S+) (.*)$/.exec(line) ?? [];
      if (name === undefined) return;
      if (state === 'ok') passed.push(name);
      else if (/^[a-z0-9]+ \S+\/\S+ /.test(rest)) failed.push(name);
      else refused.push(line);
    },
  });
  const seen = passed.length + failed.length + refused.length;
  const finished = ended.code === (passed.length === seen ? 0 : 1) && seen === files.length;
  const problem = finished
    ? undefined
    : (ended.problem ?? `${files.length - seen} of ${files.length} files were not checked: ${last}`);
  return { passed, failed, refused, problem };
}
