import { expect, type Page, test, type Worker } from '@playwright/test';
import { randomStream } from '../src/base/random.ts';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { storedRuns } from './pages/stored-runs.ts';

/** `npm run chaos` sets more. */
const rounds = Number(process.env.CHAOS_ROUNDS ?? 5);
const seed = Number(process.env.CHAOS_SEED ?? 1);

const trainingWorker = (page: Page): Worker =>
  page.workers().find((worker) => worker.url().includes('training')) as Worker;

/** A worker that throws outside of any request, as one that ran out of memory would. */
const killWorker = (page: Page) =>
  trainingWorker(page).evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by the test');
    });
  });

async function resumeAfterReload(playground: Playground): Promise<void> {
  await playground.page.reload();
  await playground.waitForStatus('paused');
  const offered = playground.page.getByRole('list', { name: 'Unfinished runs' });
  await offered.getByRole('button', { name: 'Resume' }).first().click();
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  await playground.press('Play');
}

test(`a run survives ${rounds} deaths of page and worker with the losses it would have had`, async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000 + 60_000 * rounds);
  const stream = randomStream(seed, 'chaos');
  await page.addInitScript(() => localStorage.setItem('hpff-settings', JSON.stringify({ checkpointSeconds: 1 })));
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('Play');
  await expect.poll(async () => (await storedRuns(page))[0]?.checkpoints.length ?? 0).toBeGreaterThan(0);
  for (let round = 0; round < rounds; round++) {
    await page.waitForTimeout(500 + stream.below(3000));
    // A page that mends itself does so three times; more is left to the user, who reloads.
    if (round % 3 === 2 || stream.below(2) === 0) await resumeAfterReload(playground);
    else {
      await killWorker(page);
      await expect(page.getByText(/The run goes on at step/)).toBeVisible();
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

  const context = await browser.newContext();
  const undisturbed = new Playground(await context.newPage());
  await undisturbed.openWith(small);
  await undisturbed.press('Play');
  await undisturbed.waitForStep(last, 60_000 + 1000 * last);
  await undisturbed.press('Pause');
  await expect
    .poll(async () => (await storedRuns(undisturbed.page))[0]?.losses.slice(0, last))
    .toEqual(survivor?.losses);
  await context.close();
});
