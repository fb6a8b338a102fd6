import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { comparedRuns } from './pages/made-up-runs.ts';
import { expectNothingCut } from './pages/nothing-cut.ts';
import { Playground } from './pages/playground.ts';
import { expectInReach, expectNoSidewaysScroll } from './pages/sizes.ts';

/** From a phone to 4K, and what lies between. */
const widths = [390, 480, 600, 768, 900, 1024, 1280, 1920, 3840];
const tabs = ['Train', 'Runs', 'Insight', 'Lessons'];

/** Gives the window a width, at the height such windows have. */
const resize = (page: Page, width: number) =>
  page.setViewportSize({ width, height: width < 700 ? 844 : Math.round(width * 0.6) });

test('from 390 pixels to 4K no screen scrolls sideways, nothing is cut off or covered, and every tab is in reach', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith({ ...small, network: 'resnet20', cuts: 'k4' });
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  await page.getByRole('tab', { name: 'Runs', exact: true }).click();
  await page.getByLabel('Run files').setInputFiles(comparedRuns());
  await expect(page.getByRole('row', { name: /HPFF without HiLo/ })).toBeVisible();
  for (const width of widths)
    await test.step(`${width} pixels`, async () => {
      await resize(page, width);
      for (const name of tabs) {
        const tab = page.getByRole('tab', { name, exact: true });
        await expect(tab).toBeInViewport({ ratio: 1 });
        await tab.click();
        await expect(page.getByRole('tabpanel', { name, exact: true })).toBeVisible();
        await expect(page.getByText(/^Loading/)).toHaveCount(0);
        // All that folds, too.
        await page.locator('main details').evaluateAll((all) => {
          for (const one of all as HTMLDetailsElement[]) one.open = true;
        });
        await page.waitForTimeout(250);
        await expectNoSidewaysScroll(page);
        await expectInReach(page);
        await expectNothingCut(page, `${name} at ${width} pixels`);
      }
    });
  expect(playground.problems).toEqual([]);
});

/** Charts that are drawn, and not as large as their box; one that is out of sight is drawn anew in its turn. */
const misfits = (page: Page): Promise<string[]> =>
  page.locator('main .plot-box:visible').evaluateAll((boxes) =>
    boxes.flatMap((box) => {
      const { width, height } = box.querySelector('svg')?.getBoundingClientRect() ?? {};
      if (width === undefined || (width === box.clientWidth && height === box.clientHeight)) return [];
      const title = box.closest('figure')?.getAttribute('aria-label');
      return [`${title} is ${width}\u00d7${height} in ${box.clientWidth}\u00d7${box.clientHeight}`];
    }),
  );

test('charts follow a window that is made larger or smaller, and are as they were on a screen that was hidden meanwhile', async ({
  page,
}) => {
  const playground = new Playground(page);
  await resize(page, 1280);
  await playground.openWith(small);
  const drawn = page.locator('main .plot-box:visible svg');
  await expect.poll(() => drawn.count()).toBeGreaterThan(2);
  for (const width of [1920, 900, 600, 1280]) {
    await resize(page, width);
    await expect.poll(() => misfits(page), `${width} pixels`).toEqual([]);
    expect(await drawn.count()).toBeGreaterThan(1);
    for (const how of ['at once', 'when it was taken away']) {
      await page.getByRole('tab', { name: 'Lessons', exact: true }).click();
      if (how !== 'at once') await expect(page.locator('h2', { hasText: 'Charts' })).toHaveCount(0);
      await page.getByRole('tab', { name: 'Train', exact: true }).click();
      // What is made anew out of sight is not drawn.
      await playground.region('Charts').getByRole('figure').first().scrollIntoViewIfNeeded();
      await expect.poll(() => drawn.count(), `${width} pixels, ${how}`).toBeGreaterThan(1);
      await expect.poll(() => misfits(page), `${width} pixels, ${how}`).toEqual([]);
    }
  }
  expect(playground.problems).toEqual([]);
});
