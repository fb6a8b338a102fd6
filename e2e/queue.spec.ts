import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';

test('a queue goes on after a reload, the run under way is resumed, and no other tab begins a run of it', async ({
  page,
  context,
}) => {
  await page.addInitScript(() => localStorage.setItem('hpff-settings', '{"checkpointSeconds":1}'));
  const playground = new Playground(page);
  await playground.openWith({ ...small, epochs: 5, evaluateEvery: 0 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  const sweep = playground.region('Sweep');
  for (const cuts of ['1', '2']) await sweep.getByRole('checkbox', { name: cuts, exact: true }).check();
  await sweep.getByRole('button', { name: 'Queue 2 runs' }).click();
  await playground.waitForStep(2);
  // Held, so that there is time to look at it.
  await playground.press('Pause queue');
  const other = new Playground(await context.newPage());
  await other.openWith(small);
  await other.page.getByRole('tab', { name: 'Runs' }).click();
  await atEachSize(other.page, async () => {
    await expect(other.region('Queue')).toContainText('Another tab has a queue of its own');
    await expect(other.region('Queue').getByRole('listitem')).toHaveCount(0);
    await expect(other.region('Queue of your last visit')).toHaveCount(0);
  });
  // Nor can it take the run that was begun here.
  await other.page.getByRole('button', { name: /^More for .*K = 1/ }).click();
  await other.page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect(other.region('Runs').getByRole('alert')).toContainText('open in another tab');
  expect(other.problems).toEqual([]);
  await other.page.close();
  await atEachSize(page, async () => {
    const queued = playground.region('Queue');
    await expect(queued.getByRole('listitem')).toContainText([/running \d+\s%/, /waiting/]);
    for (const name of ['Go on', 'Cancel queue', /^Remove: /])
      await expect(queued.getByRole('button', { name })).toBeVisible();
  });
  await page.reload();

  const offer = playground.region('Queue of your last visit');
  await expect(offer).toContainText(/resumed at its last checkpoint \(step [1-9]\d* of 100\); 1 run not begun/);
  const [, kept] = /step (\d+) of/.exec((await offer.textContent()) ?? '') ?? [];
  await expect(page.getByRole('list', { name: 'Unfinished runs' })).toHaveCount(0);
  await offer.getByRole('button', { name: 'Go on with the queue' }).click();
  await expect.poll(() => playground.step()).toBeGreaterThanOrEqual(Number(kept));
  await expect(offer).toHaveCount(0);
  await page.getByRole('tab', { name: 'Runs' }).click();
  const table = playground.region('Table of runs');
  const queue = playground.region('Queue');
  await expect(queue.getByText('done, test')).toHaveCount(2, { timeout: 120_000 });
  // Header, the sweep's heading and its two runs: none was begun a second time.
  await expect(table.getByRole('row').filter({ hasText: 'finished' })).toHaveCount(2);
  await page.reload();
  await playground.waitForStatus('paused');
  await expect(offer).toHaveCount(0);
  expect(playground.problems).toEqual([]);
});
