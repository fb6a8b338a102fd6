import { afterAll, describe } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import type { Executor } from '../../executor.ts';
import { installNodeWebgpu, softwareDriver } from '../../gpu/node-webgpu.ts';
import { createWebgpuExecutor, type WebgpuOptions } from '../executor.ts';

/** Everything in this file serves the tests of runtime/webgpu only. */

const driver = softwareDriver();
if (driver === undefined) console.warn('Tests of runtime/webgpu are skipped: VK_ICD_FILENAMES names no driver.');
const uninstall = driver === undefined ? undefined : expectOk(await installNodeWebgpu({ icd: driver }));
afterAll(() => uninstall?.());

/** Tests that run only where a software adapter was named. */
export const describeOnWebgpu = describe.runIf(driver !== undefined);

/** A door to an executor for the tests of one `describe`, opened by the first that asks and gone after them. */
export function webgpuExecutor(options: WebgpuOptions = {}): () => Promise<Executor> {
  let executor: Promise<Executor> | undefined;
  afterAll(async () => {
    (await executor)?.dispose();
  });
  return () => {
    executor ??= createWebgpuExecutor(options).then(expectOk);
    return executor;
  };
}
