import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Executor } from '../../runtime/executor.ts';
import { fileReason } from '../file-errors.ts';
import { type GoldenCase, parseGoldenCase } from './golden-case.ts';
import { goldenKinds, measureGolden } from './golden-check.ts';
import { problemOfTensors } from './golden-tensors.ts';
import { learningKinds, learningTolerance, measureLearning } from './learning-run.ts';

/** What became of one golden file, and its line of output. */
export interface GoldenOutcome {
  readonly state: 'ok' | 'FAIL' | 'skip';
  readonly line: string;
}

/**
 * Checks one golden file on an executor; whatever is wrong with the file or the run is an outcome.
 *
 * @param folder CIFAR-10's .bin files, for learning cases
 */
export async function checkGoldenFile(
  path: string,
  executor: Executor,
  folder: string | undefined,
): Promise<GoldenOutcome> {
  const name = basename(path).replace(/\.safetensors$/, '');
  const failed = (why: string): GoldenOutcome => ({
    state: 'FAIL',
    line: `FAIL ${name} ${why.replace(/\s*\n\s*/g, ' ')}`,
  });
  try {
    const bytes = readBytes(path);
    if (!bytes.ok) return failed(bytes.error.message);
    const parsed = parseGoldenCase(bytes.value, path);
    if (!parsed.ok) return failed(parsed.error.message);
    const problem = problemOfTensors(parsed.value);
    if (problem !== undefined) return failed(`${path} is not in the golden format: ${problem}.`);
    if (parsed.value.expected.kind === 'exact') return await exactOutcome(parsed.value, executor, failed);
    if (folder === undefined) return { state: 'skip', line: `skip ${name} needs --data` };
    return await learningOutcome(parsed.value, executor, folder, failed);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function readBytes(path: string): Result<Uint8Array> {
  try {
    return ok(readFileSync(path));
  } catch (error) {
    return fail(`${path} cannot be read: ${fileReason(error)}.`, path);
  }
}

type Failed = (why: string) => GoldenOutcome;

async function exactOutcome(golden: GoldenCase, executor: Executor, failed: Failed): Promise<GoldenOutcome> {
  if (golden.expected.kind !== 'exact') return failed('is a learning case.');
  const measured = await measureGolden(golden, executor);
  if (!measured.ok) return failed(measured.error.message);
  return compared(golden.name, goldenKinds, measured.value, golden.expected.tolerance);
}

async function learningOutcome(
  golden: GoldenCase,
  executor: Executor,
  folder: string,
  failed: Failed,
): Promise<GoldenOutcome> {
  const measured = await measureLearning(golden, executor, folder);
  if (!measured.ok) return failed(measured.error.message);
  return compared(golden.name, learningKinds, measured.value, learningTolerance);
}

/** Every kind's error beside its tolerance; NaN is no pass. */
export function compared<Kind extends string>(
  name: string,
  kinds: readonly Kind[],
  errors: Readonly<Record<Kind, number>>,
  tolerance: Readonly<Record<Kind, number>>,
): GoldenOutcome {
  const state = kinds.every((kind) => errors[kind] <= tolerance[kind]) ? 'ok' : 'FAIL';
  const parts = kinds.map((kind) => `${kind} ${errors[kind].toExponential(1)}/${tolerance[kind].toExponential(1)}`);
  return { state, line: [state, name, ...parts].join(' ') };
}
