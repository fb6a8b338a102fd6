import { expect, type Page, test } from '@playwright/test';
import { randomStream } from '../src/base/random.ts';
import { tiny } from './experiments.ts';
import { drawDeaths } from './pages/deaths.ts';
import { Playground } from './pages/playground.ts';
import { storedRuns } from './pages/stored-runs.ts';
import { destroyDevice, keptDevice, killWorker, prefixWorker } from './pages/training-worker.ts';

/** `npm run chaos` sets more. */
const rounds = Number(process.env.CHAOS_ROUNDS ?? 5);
/** With this one the page dies once: loading it takes longest. */
const seed = Number(process.env.CHAOS_SEED ?? 9);

/** A page that mends itself does so three times; after that the user goes on. */
const mends = 3;

/** Opens the page and a run on WebGPU, and plays. */
async function playOnWebgpu(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.openWith(tiny);
  await playground.runOn('webgpu');
  await playground.press('Play');
  return playground;
}

async function resumeAfterReload(playground: Playground): Promise<void> {
  await playground.page.reload();
  await playground.waitForStatus('paused');
  const offered = playground.page.getByRole('list', { name: 'Unfinished runs' });
  await offered.getByRole('button', { name: 'Resume' }).first().click();
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBeGreaterThan(0);
  await playground.press('Play');
}

test(`a run survives ${rounds} deaths of page, worker and device with the losses it would have had`, async ({
  page,
}) => {
  test.setTimeout(180_000 + 90_000 * rounds);
  const stream = randomStream(seed, 'chaos');
  await page.addInitScript(() => localStorage.setItem('hpff-settings', JSON.stringify({ checkpointSeconds: 1 })));
  await prefixWorker(page, keptDevice);
  const playground = await playOnWebgpu(page);
  await expect
    .poll(async () => (await storedRuns(page))[0]?.checkpoints.length ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(0);
  let mended = 0;
  for (const death of drawDeaths(rounds, stream)) {
    await page.waitForTimeout(200 + stream.below(1000));
    if (death === 'page') {
      await resumeAfterReload(playground);
      mended = 0;
    } else {
      // Said anew after each death.
      const dismiss = page.getByRole('button', { name: 'Dismiss' });
      while ((await dismiss.count()) > 0) await dismiss.first().click();
      if (death === 'worker') await killWorker(page);
      else await destroyDevice(page);
      mended += 1;
      if (mended > mends) await page.getByRole('button', { name: /^Go on from step/ }).click();
      await expect(page.getByText(/The run goes on at step/)).toBeVisible({ timeout: 60_000 });
    }
    await playground.waitForStatus('running|evaluating');
  }
  const done = await playground.step();
  await playground.waitForStep(done + 3);
  await playground.press('Pause');
  await playground.waitForStatus('paused');
  // A pause holds within a step, which is finished before it is kept.
  await expect
    .poll(async () => {
      const now = await playground.step();
      return (await storedRuns(page))[0]?.checkpoints.includes(now);
    })
    .toBe(true);
  const last = await playground.step();
  const [survivor, ...others] = await storedRuns(page);
  expect(others.filter(({ step }) => step > 0)).toEqual([]);
  expect(survivor?.losses).toHaveLength(last);

  // The same from its first step on, with nothing in its way.
  await playground.press('Reset');
  await expect.poll(() => playground.step()).toBe(0);
  await playground.press('Play');
  await playground.waitForStep(last, 60_000 + 1000 * last);
  await playground.press('Pause');
  const undisturbed = async () => (await storedRuns(page)).find(({ id, step }) => id !== survivor?.id && step > 0);
  await expect.poll(async () => (await undisturbed())?.losses.slice(0, last)).toEqual(survivor?.losses);
});
