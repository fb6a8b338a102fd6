import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize, expectNoSidewaysScroll, sizes } from './pages/sizes.ts';

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
  await playground.openWith({ ...small, trainSize: 160, epochs: 200 });
  const announced = page.getByRole('status', { name: 'Announcements' });
  const icon = () => page.locator('link[rel="icon"]').getAttribute('href');
  await expect(page).toHaveTitle('\u23f8 paused \u00b7 HPFF Playground');
  const before = await icon();
  expect(await locks(page)).toEqual([]);

  await playground.press('Play');
  await expect(announced).toHaveText('Training, epoch 1 of 200.');
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
  await expect(announced).toHaveText(/^Paused, epoch \d+ of 200\.$/);
  await expect.poll(() => locks(page)).toEqual([true, true]);
  await expect(page).toHaveTitle(/^\u23f8 paused \d+\u00a0%/);
  await becomes(page, 'hidden');
  await becomes(page, 'visible');
  expect(await locks(page)).toEqual([true, true]);

  // The same on a phone.
  await page.setViewportSize(sizes[1][1]);
  const held = await icon();
  await playground.press('Play');
  await expect.poll(() => locks(page)).toEqual([true, true, false]);
  await expect.poll(icon).not.toBe(held);
  const going = await icon();
  await expect(page).toHaveTitle(/^\u25b6 (running|evaluating) \d+\u00a0% \u00b7 HPFF Playground$/);
  await becomes(page, 'hidden');
  await playground.waitForStep((await playground.step()) + 5);
  await becomes(page, 'visible');
  await playground.press('Pause');
  await expect(announced).toHaveText(/^Paused, epoch \d+ of 200\.$/);
  await expect.poll(() => locks(page)).toEqual([true, true, true, true]);
  await expectNoSidewaysScroll(page);

  await playground.setNumber('Epochs', 1 + Math.ceil((await playground.step()) / 10));
  await playground.press('Play');
  await playground.waitForStatus('finished');
  await expect(announced).toHaveText(/^Finished\. Test accuracy \d+\.\d\u00a0%\.$/);
  await expect(page).toHaveTitle('\u2713 finished \u00b7 HPFF Playground');
  await expect.poll(icon).not.toBe(going);
  await expect.poll(() => locks(page)).toEqual([true, true, true, true, true]);

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
  await atEachSize(page, async () => {
    await expect(failure.getByRole('button', { name: 'Copy error report' })).toBeVisible();
    await expect(failure.getByRole('textbox', { name: 'Error report' })).toHaveValue(report);
  });
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

test('the tour goes over the page and can be left, and keys have a list and a switch', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(small);
  const tour = playground.region('Tour');
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  await atEachSize(page, async (size) => {
    await playground.press(size === 'wide' ? 'Take the tour' : 'Tour');
    await expect(tour).toContainText('1 of 6');
    for (let step = 2; step <= 6; step++) {
      await tour.getByRole('button', { name: 'Next' }).click();
      await expect(tour).toContainText(`${step} of 6`);
      await expect(page.locator('[data-toured]')).toHaveCount(1);
      await expect(tour).toBeInViewport({ ratio: 1 });
    }
    await tour.getByRole('button', { name: 'Back' }).click();
    await expect(tour).toContainText('5 of 6');
    if (size === 'wide') await page.keyboard.press('Escape');
    else await tour.getByRole('button', { name: 'Skip the tour' }).click();
    await expect(tour).toHaveCount(0);

    const button = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await button.click();
    for (const words of [/Play or pause$/, /\.One step$/, /To next epoch$/, /Undo the last edit/, /This list$/])
      await expect(keys.getByRole('row').filter({ hasText: words })).toBeVisible();
    const single = keys.getByRole('switch', { name: 'Single keys work anywhere on the page' });
    await single.setChecked(false);
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    // Switched off, a key does nothing; the list still opens by its key.
    const before = await playground.step();
    await page.keyboard.press('.');
    await page.keyboard.press('?');
    await expect(keys).toBeVisible();
    expect(await playground.step()).toBe(before);
    await single.setChecked(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('.');
    await playground.waitForStep(before + 1);
  });
  // Asked to keep still, nothing of the page moves by itself.
  await playground.press('Slow motion');
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((node) =>
      [null, '::before', '::after'].flatMap((part) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(node, part);
        const still =
          /^(0s(, )?)+$/.test(transitionDuration) && (animationName === 'none' || animationDuration === '0s');
        return still ? [] : [`${node.className} ${part ?? ''}`];
      }),
    ),
  );
  expect(moving).toEqual([]);
  await page.reload();
  await playground.waitForStatus('paused');
  await expect(page.getByRole('button', { name: 'Take the tour' })).toHaveCount(0);
  expect(playground.problems).toEqual([]);
});
