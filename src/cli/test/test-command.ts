import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { ensureBrowser } from '../browser/install-browser.ts';
import type { Command } from '../command.ts';
import { inLanes } from '../lanes.ts';
import { cifarFolder, goldenFiles } from './places.ts';
import { buildStep, type Counts, commandStep, goldenStep, type Step, toolStep, unitStep } from './steps.ts';

/** Golden files that run on WebGPU too, which is slow without a GPU. */
const onWebgpu = /^(bp-resnet8|greedy-resnet8-k3|hpff-resnet8-k3)\./;
/** Tag of browser tests that nothing may run beside. */
const alone = '@alone';
/** On two busy cores with a GPU in software, a test of a real page may time out once; the end of the output names it. */
const repeated = ['--retries', '1'];
const isLearning = (path: string): boolean => basename(path).startsWith('learning-');

interface Outcome extends Counts {
  readonly name: string;
  readonly seconds: number;
  /** What it said of each check that failed, for good or once. */
  readonly failures: readonly string[];
}

/**
 * `npm test`: everything there is to check, two steps at a time, and alone what measures processor time; each line is marked with its step. The last line says
 * `N passed, N failed`.
 */
export const testCommand: Command = async (_argv, output) => {
  const outcomes: Outcome[] = [];
  const run = async ({ name, run }: Step): Promise<void> => {
    const started = performance.now();
    const failures: string[] = [];
    const onLine = (line: string) => {
      output.line(`${name} | ${line}`);
      if (/^(?:FAIL|AGAIN) /.test(line)) failures.push(line);
    };
    const counts = await run(onLine).catch((error: unknown): Counts => {
      onLine(String(error));
      return { passed: 0, failed: 1 };
    });
    const seconds = (performance.now() - started) / 1000;
    outcomes.push({ name, ...counts, seconds, failures });
    onLine(`${counts.passed} passed, ${counts.failed} failed in ${seconds.toFixed(0)} s`);
  };
  await inLanes(2, planSteps(output.line), run);
  // What measures processor time has the machine to itself.
  await run(commandStep('e2e alone', 'e2e.ts', ['--grep', alone, ...repeated]));
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  output.line('');
  for (const { name, seconds, ...counts } of outcomes) {
    output.line(
      `${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${counts.passed} passed, ${counts.failed} failed, ${seconds.toFixed(0)} s`,
    );
  }
  // Last, where a reader of the end of the output finds them.
  for (const { name, failures } of outcomes) for (const failure of failures) output.line(`${name}: ${failure}`);
  output.line(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

/** The steps in the order they begin: what is quick and often wrong first, then the longest, so that both lanes end together. */
function planSteps(note: (text: string) => void): Step[] {
  const goldens = goldenFiles();
  const data = cifarFolder();
  const exact = goldens.files.filter((path) => !isLearning(path));
  const learning = data === undefined ? [] : goldens.files.filter(isLearning);
  if (!goldens.complete)
    note(`There is no ../shared/golden here: ${exact.length} committed golden files are checked instead of all.`);
  if (learning.length === 0)
    note('Learning on CIFAR-10 is not checked: it needs ../shared/golden and ../shared/data/cifar-10.');
  const webgpu = exact.filter((path) => onWebgpu.test(basename(path)));
  const browser = browserStep();
  return [
    browser.step,
    toolStep('lint', '@biomejs/biome', ['check', '.']),
    toolStep('types', 'typescript', ['--noEmit']),
    unitStep,
    browser.before(commandStep('e2e', 'e2e.ts', ['--grep-invert', alone, ...repeated])),
    ...largestFirst(learning).map((path) => goldenStep(basename(path, '.safetensors'), [path], 'tfjs-wasm', data)),
    browser.before(goldenStep('golden webgpu', webgpu, 'webgpu')),
    browser.before(
      goldenStep(
        'golden tfjs-webgpu',
        webgpu.filter((path) => /greedy/.test(path)),
        'tfjs-webgpu',
      ),
    ),
    commandStep('pytorch', 'pytorch.ts'),
    commandStep('mutants', 'mutants.ts'),
    goldenStep('golden wasm', exact, 'tfjs-wasm'),
    buildStep,
  ];
}

/** The more tensors, the longer a step takes. */
const largestFirst = (paths: readonly string[]): string[] =>
  [...paths].sort((a, b) => statSync(b).size - statSync(a).size);

/** Finds or installs a browser; steps on WebGPU and in a page wait for it with `before`. */
function browserStep(): { readonly step: Step; before(step: Step): Step } {
  let announce: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const step: Step = {
    name: 'browser',
    async run(onLine) {
      const browser = await ensureBrowser(onLine).finally(announce);
      onLine(browser.ok ? browser.value : browser.error.message);
      return browser.ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
  return { step, before: ({ name, run }) => ({ name, run: (onLine) => done.then(() => run(onLine)) }) };
}
