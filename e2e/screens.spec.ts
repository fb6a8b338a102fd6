import { expect, type Page, test } from '@playwright/test';
import { small } from './experiments.ts';
import { comparedRuns, sweptRuns } from './pages/made-up-runs.ts';
import { screenLooksAs, tolerance, windowLooksAs } from './pages/picture.ts';
import { Playground } from './pages/playground.ts';
import { showAt } from './pages/sizes.ts';
import { noWebgpu, prefixWorker, twoProcessors } from './pages/training-worker.ts';

/** The page as it is on any machine: without WebGPU and threads, and no files served beside it. */
async function opened(page: Page, experiment: object = small): Promise<Playground> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await prefixWorker(page, noWebgpu + twoProcessors);
  await page.route('**/data/index.json', (route) => route.fulfill({ json: [] }));
  await showAt(page, 'wide');
  const playground = new Playground(page);
  await playground.openWith(experiment);
  return playground;
}

test('a run that has trained an epoch, and what is seen inside of it', async ({ page }) => {
  const playground = await opened(page, { ...small, pff: 'paper', firstIndependent: true, bn: 'once' });
  await playground.press('To next epoch');
  await playground.waitForStep(20);
  await playground.waitForStatus('paused');
  const sections = playground.region('Controls').locator('summary');
  await screenLooksAs(page, 'train', 'dark', async () => {
    for (const section of (await sections.all()).slice(1)) await section.click();
    await page.mouse.move(0, 0);
    await page.evaluate(() => scrollTo(0, 0));
  });

  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('tab', { name: 'Insight' }).click();
  await playground.press('Predict test images');
  await expect(playground.region('Predictions')).toContainText('of 100 right');
  await expect(page.getByRole('img', { name: 'Reconstruction of input 0 from module 1' })).toBeVisible();
  await screenLooksAs(page, 'insight', 'light');
});

test('runs side by side with what a sweep came to, and the lessons', async ({ page }) => {
  const playground = await opened(page);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Run files').setInputFiles(sweptRuns());
  await playground.press('Compare none');
  await page.getByLabel('Run files').setInputFiles(comparedRuns());
  await expect(playground.region('Beside back-propagation')).toContainText('HPFF');
  await screenLooksAs(page, 'runs', 'light');

  await page.getByRole('tab', { name: 'Lessons' }).click();
  await expect(playground.region('What you found').getByRole('row').last()).toContainText('×');
  await screenLooksAs(page, 'lessons', 'dark');
});

test('one step in slow motion, the tour, and the dialogs', async ({ page }) => {
  const playground = await opened(page, { ...small, network: 'resnet20', cuts: 'k4' });
  await playground.press('Slow motion');
  const scrubber = playground.region('One step in slow motion');
  for (let presses = 0; presses < 6; presses++) await scrubber.getByRole('button', { name: 'Forward' }).click();
  await expect(scrubber).toContainText('7 of');
  await windowLooksAs(page, 'network', playground.region('Network'));
  await playground.press('Slow motion');

  await playground.press('Keyboard shortcuts');
  await windowLooksAs(page, 'keyboard', page.getByRole('dialog', { name: 'Keyboard' }));
  await page.keyboard.press('Escape');
  await playground.press('Export');
  await windowLooksAs(page, 'export', page.getByRole('dialog', { name: 'Export the run' }));
  await page.keyboard.press('Escape');
  await playground.press('Tour');
  await windowLooksAs(page, 'tour');
});

test.describe('4K', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 3840, height: 2160 } });

  test('the first screen: type and charts grow with it', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const playground = new Playground(page);
    await playground.openWith({ ...small, network: 'resnet20', cuts: 'all' });
    await expect(playground.region('Network')).toContainText('less memory than back-propagation');
    await expect(playground.region('Charts').getByRole('slider', { name: 'Cursor of Final loss' })).toBeVisible();
    await expect(playground.region('Memory').getByRole('slider', { name: 'Cursor of Memory by module' })).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    const clip = { x: 0, y: 0, width: 3840, height: 1200 };
    await expect(page).toHaveScreenshot('first-dark-4k.png', { ...tolerance, clip });
  });
});
