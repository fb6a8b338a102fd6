import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ExecutorName } from '../../runtime/executor.ts';
import { softwareDriver } from '../../runtime/gpu/node-webgpu.ts';
import { findSoftwareVulkan } from '../browser/software-vulkan.ts';
import { nodeProgram, repository, scriptArguments } from '../node-script.ts';
import { type Ended, runProgram } from '../run-program.ts';
import { checkGoldens } from './check-goldens.ts';
import { initialBytes, pageBudget } from './page-size.ts';
import { readUnitReport } from './reports.ts';

/** Told each line a step writes. */
export type OnLine = (text: string) => void;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** A part of `npm test`. It never rejects; what goes wrong is counted as failed, and said in lines that begin with `FAIL`. */
export interface Step {
  readonly name: string;
  run(onLine: OnLine): Promise<Counts>;
}

const minute = 60_000;
const succeeded = ({ code }: Ended): Counts => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** One check: a tool that exits with 0 or not. */
export const toolStep = (name: string, packageName: string, args: readonly string[]): Step => ({
  name,
  run: async (onLine) =>
    succeeded(
      await runProgram(process.execPath, [nodeProgram(packageName), ...args], {
        cwd: repository,
        onLine,
        timeout: 5 * minute,
      }),
    ),
});

/** Vitest's tests. */
export const unitStep: Step = {
  name: 'unit',
  async run(onLine) {
    const report = join(repository, 'out', 'unit-report.json');
    rmSync(report, { force: true });
    mkdirSync(join(repository, 'out'), { recursive: true });
    // Tests on WebGPU run where a driver is named.
    const driver = softwareDriver() ?? (await findSoftwareVulkan());
    const env = driver === undefined ? process.env : { ...process.env, VK_ICD_FILENAMES: driver };
    // Other steps run beside it.
    const args = ['run', '--maxWorkers=1', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const ended = await runProgram(process.execPath, [nodeProgram('vitest'), ...args], {
      cwd: repository,
      env,
      onLine,
      timeout: 40 * minute,
    });
    const counts = readUnitReport(report);
    if (counts === undefined) return { passed: 0, failed: 1 };
    for (const failure of counts.failures) onLine(`FAIL ${failure}`);
    const { passed, failed } = counts;
    return { passed, failed: failed === 0 && ended.code !== 0 ? 1 : failed };
  },
};

/** Golden files on an executor, one check a file. */
export const goldenStep = (name: string, files: readonly string[], executor: ExecutorName, data?: string): Step => ({
  name,
  async run(onLine) {
    const options = data === undefined ? { executor, onLine } : { executor, onLine, data };
    const { passed, problem } = await checkGoldens(files, options);
    if (problem !== undefined) onLine(problem);
    return { passed: passed.length, failed: files.length - passed.length };
  },
});

/** A command of this folder whose last line of counts is its result. */
export const commandStep = (name: string, script: string, args: readonly string[] = []): Step => ({
  name,
  async run(onLine) {
    let counts: Counts = { passed: 0, failed: 1 };
    const path = join(repository, 'src', 'cli', script);
    const ended = await runProgram(process.execPath, scriptArguments(path, args), {
      cwd: repository,
      timeout: 40 * minute,
      onLine(line) {
        onLine(line);
        const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
        if (passed !== undefined && failed !== undefined) counts = { passed: Number(passed), failed: Number(failed) };
      },
    });
    const lost = ended.code !== 0 && counts.failed === 0;
    return lost ? { passed: counts.passed, failed: 1 } : counts;
  },
});

/** The static site: it builds, its addresses are relative, tfjs' WASM files are in it, and the page's JavaScript keeps to its budget. */
export const buildStep: Step = {
  name: 'build',
  async run(onLine) {
    const built = await toolStep('build', 'vite', ['build']).run(onLine);
    if (built.failed > 0) return built;
    const folder = join(repository, 'dist');
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const absolute = /(?:src|href)="\/(?!\/)[^"]*"/.exec(page)?.[0];
    const wasm = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.wasm'));
    if (absolute !== undefined)
      onLine(`dist/index.html holds an address that works only at a server's root: ${absolute}`);
    if (wasm.length < 3)
      onLine(
        `dist holds ${wasm.length} of the three WASM files (${wasm.map((name) => basename(String(name))).join(', ')})`,
      );
    const bytes = initialBytes(folder);
    onLine(
      `The page's initial JavaScript is ${(bytes / 1000).toFixed(0)} kB gzipped, of ${pageBudget / 1000} kB at most.`,
    );
    const passed = 1 + Number(absolute === undefined) + Number(wasm.length >= 3) + Number(bytes <= pageBudget);
    return { passed, failed: 4 - passed };
  },
};
