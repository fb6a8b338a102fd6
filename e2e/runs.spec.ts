import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { expectNothingOfAxeAnywhere } from './pages/axe.ts';
import { Playground } from './pages/playground.ts';
import { storedRuns } from './pages/stored-runs.ts';

/** Plays until a step is done, pauses, and waits until what was done is stored. The losses so far. */
async function playAndKeep(playground: Playground, step: number): Promise<readonly number[]> {
  await playground.press('Play');
  await playground.waitForStep(step);
  await playground.press('Pause');
  await playground.waitForStatus('paused');
  let losses: readonly number[] = [];
  await expect
    .poll(async () => {
      const done = await playground.step();
      const run = (await storedRuns(playground.page)).find(({ checkpoints }) => checkpoints.includes(done));
      losses = run?.losses ?? [];
      return run !== undefined;
    })
    .toBe(true);
  return losses;
}

test('a run goes on after a reload with the losses it would have had', async ({ page, browser }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  const before = await playAndKeep(playground, 5);
  await page.reload();
  await playground.waitForStatus('paused');
  const offered = page.getByRole('list', { name: 'Unfinished runs' });
  await expect(offered).toContainText(`step ${before.length} of`);
  await offered.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => playground.step()).toBe(before.length);
  const resumed = await playAndKeep(playground, before.length + 5);
  expect(resumed.slice(0, before.length)).toEqual(before);

  const context = await browser.newContext();
  const other = new Playground(await context.newPage());
  await other.openWith(small);
  const undisturbed = await playAndKeep(other, resumed.length);
  expect(resumed).toEqual(undisturbed.slice(0, resumed.length));
  expect(playground.problems).toEqual([]);
  await context.close();
});

test('a hidden tab writes a checkpoint at once and trains on, and says so when it is seen again; sleep is said too', async ({
  page,
}) => {
  const playground = new Playground(page);
  await page.addInitScript(() => localStorage.setItem('hpff-settings', JSON.stringify({ checkpointSeconds: 3600 })));
  // The page's clock can be put forward; the worker's is its own.
  await page.clock.install();
  await playground.openWith(small);
  await playground.region('Welcome').getByRole('button', { name: 'Dismiss' }).click();
  await playground.press('Play');
  await playground.waitForStep(3);
  const checkpoints = async () => (await storedRuns(page))[0]?.checkpoints ?? [];
  expect(await checkpoints()).toEqual([]);
  // No page of a headless browser is ever hidden: it is told that it is.
  const become = (state: DocumentVisibilityState) =>
    page.evaluate((given) => {
      Object.defineProperty(document, 'visibilityState', { value: given, configurable: true });
      Object.defineProperty(document, 'hidden', { value: given === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await become('hidden');
  await expect.poll(async () => (await checkpoints()).length).toBe(1);
  const [kept = 0] = await checkpoints();
  expect(kept).toBeGreaterThanOrEqual(3);
  await playground.waitForStep(kept + 5);
  await playground.waitForStatus('running|evaluating');
  await page.clock.runFor(90_000);
  await become('visible');
  const hidden = page.getByText(
    /This page was hidden for 1\smin\s\d\d\ss\. Training went on meanwhile, from step \d+ to \d+/,
  );
  await expect(hidden).toBeVisible();
  await page.clock.fastForward('08:00:00');
  await expect(page.getByText(/The machine slept for 8\sh\s00\smin.*goes on at step \d+/)).toBeVisible();
  await expect(hidden).toHaveCount(0);
  await expectNothingOfAxeAnywhere(page, 'a note of an absence');
  const step = await playground.step();
  await playground.waitForStep(step + 2);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('The machine slept')).toHaveCount(0);
  expect(playground.problems).toEqual([]);
});
