import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { expectOk } from '../src/base/result.ts';
import { parseSafetensors } from '../src/formats/safetensors.ts';
import { small } from './experiments.ts';
import { exportFile } from './pages/files.ts';
import { Playground } from './pages/playground.ts';
import { storedRuns } from './pages/stored-runs.ts';
import { noSharedMemory, prefixWorker, processors, workerIsolated } from './pages/training-worker.ts';

/** Of batches that WASM's first 16 MB have no room for, so that the memory grows while threads share it. */
const experiment = { ...small, batch: 128, trainSize: 640 };

/** Opens the page on WASM, on a machine that the code before the worker's own makes up. */
async function openOn(page: Page, code: string): Promise<Playground> {
  if (code !== '') await prefixWorker(page, code);
  const playground = new Playground(page);
  await playground.openWith(experiment);
  await expect(playground.region('Executor').locator('strong').first()).toHaveText('tfjs-wasm');
  return playground;
}

/** Trains up to a step, and waits until that is stored. */
async function trainTo(playground: Playground, last: number): Promise<void> {
  for (let step = (await playground.step()) + 1; step <= last; step++) {
    // It evaluates at the end of an epoch.
    await playground.waitForStatus('paused');
    await playground.press('One step');
    await playground.waitForStep(step);
  }
  await expect.poll(async () => (await storedRuns(playground.page))[0]?.checkpoints.includes(last)).toBe(true);
}

const losses = async (playground: Playground) => (await storedRuns(playground.page))[0]?.losses;

/** What was learned, without the file's time and names. */
async function weights(playground: Playground): Promise<ReadonlyMap<string, unknown>> {
  const file = await readFile(await exportFile(playground, 'Weights (safetensors)'));
  return expectOk(parseSafetensors(file, 'weights.safetensors')).tensors;
}

test('on an isolated page WASM trains on threads, with the numbers of one thread to the last bit, and a run goes on with another count', async ({
  page,
  browser,
  baseURL,
}) => {
  const several = await openOn(page, processors(4));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await workerIsolated(page)).toBe(true);
  await expect(several.region('Executor')).toContainText(/on tfjs [\d.]+ on WASM, SIMD, 2 threads/);
  await trainTo(several, 4);

  const context = await browser.newContext({ baseURL: baseURL as string });
  const single = await openOn(await context.newPage(), processors(2));
  expect(await workerIsolated(single.page)).toBe(true);
  await expect(single.region('Executor')).toContainText('one thread: there are fewer than four processors');
  await trainTo(single, 6);

  await page.unrouteAll();
  await prefixWorker(page, processors(2));
  await page.reload();
  await several.waitForStatus('paused');
  await expect(several.region('Executor')).toContainText('one thread');
  const unfinished = page.getByRole('list', { name: 'Unfinished runs' });
  await unfinished.getByRole('button', { name: 'Resume' }).first().click();
  await expect.poll(() => several.step()).toBe(4);
  await trainTo(several, 6);
  await expect(page.getByText('numbers will differ')).toHaveCount(0);
  const computed = several.region('Executor').getByRole('list', { name: 'Computed on' }).getByRole('listitem');
  await expect(computed).toHaveText([
    /^steps 1 to 4: tfjs-wasm .*, 2 threads/,
    /^from step 5 on: tfjs-wasm .*, one thread/,
  ]);

  const numbers = await losses(single);
  expect(numbers).toHaveLength(6);
  expect(await losses(several)).toEqual(numbers);
  expect(await weights(several)).toEqual(await weights(single));
  expect(several.problems).toEqual([]);
  expect(single.problems).toEqual([]);
  await context.close();
});

/** Serves the training worker with a policy as its header; the page's own, in a tag, does not govern it. */
const governWorker = (page: Page, policy: string) =>
  page.route(/training\.worker/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': policy };
    await route.fulfill({ response, headers, body: `${processors(4)}\n${await response.text()}` });
  });

test("threads need no more than the page's policy allows; where they are refused WASM trains on one and says why", async ({
  context,
}) => {
  const plain = await context.newPage();
  await plain.route('./', async (route) => {
    const response = await route.fetch();
    const {
      'cross-origin-opener-policy': _opener,
      'cross-origin-embedder-policy': _embedder,
      ...headers
    } = response.headers();
    await route.fulfill({ response, headers });
  });
  const alone = await openOn(plain, processors(4));
  expect(await plain.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(alone.region('Executor')).toContainText('SIMD, one thread: this page is not cross-origin isolated');
  await trainTo(alone, 1);
  expect(alone.problems).toEqual([]);
  const policy = await plain.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  await plain.close();

  const governed = await context.newPage();
  await governWorker(governed, policy as string);
  const strict = await openOn(governed, '');
  await expect(strict.region('Executor')).toContainText('SIMD, 2 threads');
  await trainTo(strict, 1);
  expect(strict.problems).toEqual([]);
  await governed.close();

  const stricter = await context.newPage();
  await governWorker(stricter, "worker-src 'self'");
  const refused = await openOn(stricter, '');
  await expect(refused.region('Executor')).toContainText(/SIMD, one thread: more were refused \(.+\)/);
  await trainTo(refused, 1);
  await stricter.close();

  const crowded = await openOn(await context.newPage(), processors(4) + noSharedMemory);
  await expect(crowded.region('Executor')).toContainText('one thread: more were refused (the test leaves no more)');
  await trainTo(crowded, 1);
  expect(crowded.problems).toEqual([]);
});
