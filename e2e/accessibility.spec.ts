import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { expectNothingOfAxe } from './pages/axe.ts';
import { Playground } from './pages/playground.ts';
import { atEachSize } from './pages/sizes.ts';

test('axe finds nothing on the page of a run that trained, in both themes and sizes', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  await playground.chartTable('Accuracy by module');
  await atEachSize(page, async (size) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNothingOfAxe(page, `${colorScheme}, ${size}`);
    }
  });
});

test('keyboard alone can train, pause and cut', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.keyboard.press('.');
  await playground.waitForStep(1);
  await page.keyboard.press(' ');
  await playground.waitForStep(2);
  await page.keyboard.press(' ');
  await playground.waitForStatus('paused');
  // The tab key reaches the strip once; arrow keys move along its borders.
  const network = playground.region('Network');
  const focused = (name: string) =>
    network.getByRole('button', { name }).evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < 60 && !(await focused('Cut after the stem')); presses++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await expect(network.getByRole('button', { name: 'Join after block 2.0' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.region('Network')).toContainText('K = 2');
});
