import { expect, type Page, test } from '@playwright/test';
import { build, type PreviewServer } from 'vite';
import { crossOriginIsolation } from '../src/cli/site/cross-origin-isolation.ts';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { publishSite, serveSite } from './pages/published-site.ts';
import { workerIsolated } from './pages/training-worker.ts';

const outDir = 'out/e2e-offline';
/** Somewhere on a host that has other pages too. */
const folder = '/some/where/';

let site: PreviewServer;
test.beforeAll(async () => {
  site = await publishSite(outDir, folder);
});
test.afterAll(() => site.close());

/** Waits until all files of the page are kept in the browser. */
const kept = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

const note = (page: Page) => page.getByText('A new version of the playground is ready.');

test('after one visit the page opens and trains without a network, every screen of it', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: site.resolvedUrls?.local[0] ?? '', serviceWorkers: 'allow' });
  const page = await context.newPage();
  const playground = new Playground(page);
  await playground.open();
  await kept(page);
  const session = await context.newCDPSession(page);
  const { url, errors } = await session.send('Page.getAppManifest');
  expect(new URL(url).pathname).toBe(`${folder}manifest.webmanifest`);
  expect(errors).toEqual([]);
  // A context of the test's own is a private window, where nothing is installed.
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

  await context.setOffline(true);
  await playground.openWith(small);
  await page.reload();
  await playground.waitForStatus('paused');
  await playground.press('One step');
  await playground.waitForStep(1);
  await expect.poll(async () => (await playground.chartTable('Final loss')).length).toBeGreaterThan(1);
  for (const name of ['Runs', 'Insight', 'Lessons', 'Train']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  }
  expect(playground.problems).toEqual([]);
  await context.close();
});

test('a newer version waits: the run goes on, and the page takes it when nothing trains and the user says so', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: site.resolvedUrls?.local[0] ?? '', serviceWorkers: 'allow' });
  const page = await context.newPage();
  const playground = new Playground(page);
  await playground.openWith(small);
  await kept(page);
  await playground.press('Play');
  await playground.waitForStep(2);
  const worker = () =>
    page
      .workers()
      .find((found) => found.url().includes('training'))
      ?.url();
  const before = worker();

  await build({
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
    define: { __APP_VERSION__: '"newer"' },
  });
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(note(page)).toBeVisible();
  await expect(note(page)).toContainText('nothing changes for what is under way');
  const use = page.getByRole('button', { name: 'Use it now' });
  await expect(use).toHaveCount(0);
  // Files that only the older version has are still there for it.
  await page.getByRole('tab', { name: 'Insight', exact: true }).click();
  await expect(page.getByRole('tabpanel')).toBeVisible();
  await playground.waitForStep((await playground.step()) + 3);
  expect(worker()).toBe(before);

  await playground.press('Pause');
  await playground.waitForStatus('paused');
  const other = await context.newPage();
  await other.goto('./');
  await use.click();
  await expect(page.getByText('Another tab of the playground is open.')).toBeVisible();
  expect(worker()).toBe(before);
  await other.close();

  await use.click();
  await expect.poll(worker).not.toBe(before);
  await playground.waitForStatus('paused');
  await expect(page.getByRole('list', { name: 'Unfinished runs' })).toContainText(/step \d/);
  await expect(note(page)).toHaveCount(0);
  expect(playground.problems).toEqual([]);
  await context.close();
});

test('a page kept from a plain host takes a version from an isolating one, and stays isolated without a network', async ({
  browser,
}) => {
  const plain = await serveSite(outDir, { base: folder });
  const address = plain.resolvedUrls?.local[0] ?? '';
  const context = await browser.newContext({ baseURL: address, serviceWorkers: 'allow' });
  const page = await context.newPage();
  const playground = new Playground(page);
  await playground.openWith(small);
  await kept(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await plain.close();

  const newer = 'out/e2e-offline-isolated';
  await build({
    logLevel: 'error',
    build: { outDir: newer, emptyOutDir: true },
    define: { __APP_VERSION__: '"isolated"' },
  });
  const port = Number(new URL(address).port);
  const isolating = await serveSite(newer, { base: folder, port, headers: crossOriginIsolation });
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => undefined)).toBe(true);
  await isolating.close();

  await context.setOffline(true);
  await playground.openWith({ ...small, seed: 2 });
  await page.reload();
  await playground.waitForStatus('paused');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await workerIsolated(page)).toBe(true);
  // Counted by the worker of the strip, whose script is in both versions.
  await expect(playground.region('Memory')).toContainText('MB');
  await playground.press('One step');
  await playground.waitForStep(1);
  expect(playground.problems).toEqual([]);
  await context.close();
});
