import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';

/** Puts a wake lock of the test's own in place of the browser's, which a screenless machine may not grant, and notes what is asked. */
const watchWakeLock = (page: Page) =>
  page.addInitScript(() => {
    const locks: { released: boolean }[] = [];
    const request = async () => {
      const lock = {
        released: false,
        release: async () => {
          lock.released = true;
        },
      };
      locks.push(lock);
      return lock;
    };
    Object.assign(globalThis, { locks });
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });

/** Of every lock asked for so far, whether it was released. */
const locks = (page: Page): Promise<boolean[]> =>
  page.evaluate(() =>
    (globalThis as unknown as { locks: { released: boolean }[] }).locks.map(({ released }) => released),
  );

/** Hides the page, or shows it again, as another tab in front would; a hidden page loses its locks. */
const becomes = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
    const { locks } = globalThis as unknown as { locks: { released: boolean }[] };
    if (now === 'hidden') for (const lock of locks) lock.released = true;
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('while it trains the screen stays awake, title and icon show how far it is, and what happens is announced', async ({
  page,
}) => {
  await watchWakeLock(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const playground = new Playground(page);
  await playground.openWith({ ...small, trainSize: 160, epochs: 40 });
  const announced = page.getByRole('status', { name: 'Announcements' });
  const icon = () => page.locator('link[rel="icon"]').getAttribute('href');
  await expect(page).toHaveTitle('\u23f8 paused \u00b7 HPFF Playground');
  const before = await icon();
  expect(await locks(page)).toEqual([]);

  await playground.press('Play');
  await expect(announced).toHaveText('Training, epoch 1 of 40.');
  await expect.poll(() => locks(page)).toEqual([false]);
  await expect(page).toHaveTitle(/^\u25b6 (running|evaluating) \d+\u00a0% \u00b7 HPFF Playground$/);
  await expect.poll(icon).toContain('data:image/svg+xml');
  const early = await icon();
  expect(early).not.toBe(before);
  await expect(announced).toHaveText(/^Evaluated: test accuracy \d+\.\d\u00a0%\.$/);
  await expect.poll(icon).not.toBe(early);

  // Out of sight it trains on; the lock is lost, and asked for again once it is seen.
  await becomes(page, 'hidden');
  const hiddenAt = await playground.step();
  await playground.waitForStep(hiddenAt + 5);
  expect(await locks(page)).toEqual([true]);
  await becomes(page, 'visible');
  await expect.poll(() => locks(page)).toEqual([true, false]);

  await playground.press('Pause');
  await expect(announced).toHaveText(/^Paused, epoch \d+ of 40\.$/);
  await expect.poll(() => locks(page)).toEqual([true, true]);
  await expect(page).toHaveTitle(/^\u23f8 paused \d+\u00a0%/);
  await becomes(page, 'hidden');
  await becomes(page, 'visible');
  expect(await locks(page)).toEqual([true, true]);

  await playground.setNumber('Epochs', 1 + Math.ceil((await playground.step()) / 10));
  await playground.press('Play');
  await playground.waitForStatus('finished');
  await expect(announced).toHaveText(/^Finished\. Test accuracy \d+\.\d\u00a0%\.$/);
  await expect(page).toHaveTitle('\u2713 finished \u00b7 HPFF Playground');
  await expect.poll(() => locks(page)).toEqual([true, true, true]);

  // All of it came from the page's own server.
  const { origin } = new URL(page.url());
  expect(asked.filter((url) => !url.startsWith('data:') && !url.startsWith('blob:')).length).toBeGreaterThan(5);
  expect(asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== origin)).toEqual([]);
  expect(playground.problems).toEqual([]);
});

test('a failure can be copied as a report with all that is needed and no image', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = new Playground(page);
  await playground.openWith({ ...small, learningRate: 10, momentum: 0.99, weightDecay: 0.9, batch: 8 });
  await playground.press('Play');
  const failure = page.getByRole('alert').filter({ hasText: 'no longer a number' });
  await expect(failure).toBeVisible();
  await failure.getByRole('button', { name: 'Copy error report' }).click();
  await expect(failure).toContainText('Copied. Nothing was sent.');
  const report = await page.evaluate(() => navigator.clipboard.readText());
  for (const line of [
    /^HPFF Playground: \d+\.\d+\.\d+, commit [0-9a-f]{7,}$/m,
    /^Problem: At step \d+ the loss of .* is no longer a number/m,
    /^Step: \d+ of \d+$/m,
    /^Executor: tfjs-wasm$/m,
    /^Device: tfjs .* on WASM/m,
    /^Browser: .*Chrom/m,
    /^Experiment: \{.*"learningRate":10.*\}$/m,
  ])
    expect(report).toMatch(line);
  expect(report).not.toMatch(/data:|base64/);
  expect(report.length).toBeLessThan(4000);
  // The same stands there to be copied by hand, as where the clipboard is not given.
  await expect(failure.getByRole('textbox', { name: 'Error report' })).toHaveValue(report);
});

test('a screen that fails is said in its place, with a report, and the rest goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const { prototype } = HTMLCanvasElement;
    const { getContext } = prototype;
    Object.assign(globalThis, { broken: true });
    Object.assign(prototype, {
      getContext(this: HTMLCanvasElement, ...given: Parameters<typeof getContext>) {
        if ((globalThis as unknown as { broken: boolean }).broken && this.className === 'drawing-board')
          throw new Error('No picture today.');
        return getContext.apply(this, given);
      },
    });
  });
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Insight' }).click();
  const failure = page.getByRole('alert').filter({ hasText: 'The screen Insight failed' });
  await expect(failure).toContainText('No picture today.');
  await playground.press('Play');
  await playground.waitForStep(2);
  await failure.getByRole('button', { name: 'Copy error report' }).click();
  await expect(failure.getByRole('textbox', { name: 'Error report' })).toHaveValue(
    /Where: The screen Insight\n.*Stack: /s,
  );
  await page.evaluate(() => Object.assign(globalThis, { broken: false }));
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.region('Your image')).toBeVisible();
});
