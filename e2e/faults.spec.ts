import { expect, type Locator, test } from '@playwright/test';
import { small, tiny } from './experiments.ts';
import { expectNothingOfAxe } from './pages/axe.ts';
import { looksAs } from './pages/picture.ts';
import { Playground } from './pages/playground.ts';
import { storedRuns } from './pages/stored-runs.ts';
import {
  destroyDevice,
  keptDevice,
  killWorker,
  littleMemory,
  noWebgpu,
  prefixWorker,
  refuseDevices,
} from './pages/training-worker.ts';

/** A note as it looks on a wide light page and on a dark phone, where axe finds nothing in it. */
async function looksLike(note: Locator, file: string): Promise<void> {
  const page = note.page();
  for (const [colorScheme, name, viewport] of [
    ['dark', 'phone', { width: 390, height: 844 }],
    ['light', 'wide', { width: 1280, height: 800 }],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The page is laid out anew first. In the middle of it, the transport does not cover the note.
    await page.waitForTimeout(300);
    await note.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await looksAs(note, `${file}-${colorScheme}-${name}.png`);
    await expectNothingOfAxe(page, `${file}-${colorScheme}-${name}`, '.note');
  }
}

/** Steps one by one, until the last is stored. */
async function stepAndKeep(playground: Playground, steps: number): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    await playground.press('One step');
    await playground.waitForStep(step);
  }
  await keptNow(playground);
}

/** Waits until the step done last is stored. */
const keptNow = (playground: Playground) =>
  expect
    .poll(async () => (await storedRuns(playground.page))[0]?.checkpoints.includes(await playground.step()))
    .toBe(true);

/** The note that says what happened under a title. */
const faultOf = (playground: Playground, title: string) =>
  playground.page.getByRole('alert').filter({ hasText: title });

test('without WebGPU: explained, and training runs on the processor; a budget refuses with ways on; a run that diverged goes back', async ({
  page,
}) => {
  await prefixWorker(page, noWebgpu);
  const playground = new Playground(page);
  // With these a rate of 10 is too much after a few steps.
  await playground.openWith({ ...small, momentum: 0.99, weightDecay: 0.9 });
  const executor = playground.region('Executor');
  const missing = executor.locator('.note').filter({ hasText: 'WebGPU is missing here' });
  await expect(missing).toContainText('this browser has no WebGPU');
  await expect(executor.locator('strong').first()).toHaveText('tfjs-wasm');
  await looksLike(missing, 'no-webgpu');

  await stepAndKeep(playground, 2);
  await executor.getByLabel('Memory budget, MB').fill('4');
  await executor.getByLabel('Memory budget, MB').press('Enter');
  await playground.setNumber('Batch size', 160);
  const budget = faultOf(playground, 'More than your memory budget');
  await expect(budget).toContainText(/needs [\d.]+ MB, more than your memory budget of 4\.0 MB/);
  await expect(budget).toContainText('The run goes on as it was');
  await looksLike(budget, 'over-budget');
  await budget.getByRole('button', { name: /^batch \d+, [\d.]+ MB$/ }).click();
  await expect(budget).toBeHidden();
  await executor.getByLabel('Memory budget, MB').fill('0');
  await executor.getByLabel('Memory budget, MB').press('Enter');

  const begun = await playground.step();
  await playground.press('One step');
  await playground.waitForStep(begun + 1);
  await keptNow(playground);
  await playground.setNumber('Learning rate', 10);
  await playground.press('Play');
  const diverged = faultOf(playground, 'Training diverged');
  await expect(diverged).toContainText(/At step \d+ .*(module \d|the head)/, { timeout: 60_000 });
  await expect(diverged).toContainText(/measurements as of step \d+\. What came after it led astray/);
  await looksLike(diverged, 'diverged');
  await diverged.getByRole('button', { name: 'Go back with learning rate 0.005' }).click();
  await expect(diverged).toBeHidden();
  await playground.waitForStatus('paused');
  const rate = playground.region('Controls').getByRole('spinbutton', { name: 'Learning rate', exact: true });
  await expect(rate).toHaveValue('0.005');
  const kept = await playground.step();
  await playground.press('One step');
  await playground.waitForStep(kept + 1);
});

test('a worker that stops again and again is left to the user; full storage is said, and the run trains on', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await stepAndKeep(playground, 2);
  const stopped = faultOf(playground, 'The training worker stopped');
  for (let death = 1; death <= 4; death++) {
    const dismiss = page.getByRole('button', { name: 'Dismiss' });
    while ((await dismiss.count()) > 0) await dismiss.first().click();
    await killWorker(page);
    if (death <= 3) await expect(page.getByText('The run goes on at step 2.')).toBeVisible();
  }
  await expect(stopped).toContainText('This happened 4 times within ten minutes');
  await looksLike(stopped, 'worker-stopped');
  await stopped.getByRole('button', { name: 'Go on from step 2' }).click();
  await expect(stopped).toBeHidden();
  await playground.waitForStep(4);

  const storage = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await storage.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await playground.press('Pause');
  const full = faultOf(playground, 'Storage is full');
  await expect(full).toContainText(/Stored is this run up to step \d+/);
  await looksLike(full, 'storage-full');
  const done = await playground.step();
  await playground.press('One step');
  await playground.waitForStep(done + 1);
  const download = page.waitForEvent('download');
  await full.getByRole('button', { name: 'Download the whole run' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.hpff\.zip$/);
  await storage.send('Storage.overrideQuotaForOrigin', { origin });
  await full.getByRole('button', { name: 'Try again now' }).click();
  await expect(full).toBeHidden();
  await keptNow(playground);
});

test('a GPU without memory says who asked for what; one that is gone for good hands the run to the processor', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await prefixWorker(page, keptDevice + littleMemory(1_500_000));
  const playground = new Playground(page);
  await playground.openWith(tiny);
  await playground.runOn('webgpu');
  await stepAndKeep(playground, 1);
  await playground.setNumber('Batch size', 200);
  const memory = faultOf(playground, 'Not enough memory on the GPU');
  await expect(memory).toContainText(/The most is asked for by (module \d|shared): [\d.]+ MB for \w+/);
  await looksLike(memory, 'out-of-memory');
  await memory.getByRole('button', { name: /^batch \d+, [\d.]+ MB$/ }).click();
  await expect(memory).toBeHidden();
  await playground.press('Play');
  const before = await playground.step();
  await playground.waitForStep(before + 2);

  await refuseDevices(page);
  await destroyDevice(page);
  const lost = faultOf(playground, 'The GPU device was lost');
  await expect(lost.getByRole('button', { name: 'Go on with the processor' })).toBeVisible();
  await looksLike(lost, 'device-lost');
  await lost.getByRole('button', { name: 'Go on with the processor' }).click();
  await expect(lost).toBeHidden();
  await expect(playground.region('Executor').locator('strong').first()).toHaveText('tfjs-wasm');
  await playground.waitForStep((await playground.step()) + 2);
  // Which steps were computed on what stays with the run.
  const computed = playground.region('Executor').getByRole('list', { name: 'Computed on' }).getByRole('listitem');
  await expect(computed).toHaveText([/^steps 1 to \d+: webgpu on /, /^from step \d+ on: tfjs-wasm on /]);
});
