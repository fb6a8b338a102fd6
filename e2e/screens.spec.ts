import { expect, type Locator, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Chart } from './pages/charts.ts';
import { comparedRuns } from './pages/made-up-runs.ts';
import { looksAs, tolerance } from './pages/picture.ts';
import { Playground } from './pages/playground.ts';

const looks = [
  ['light', 'wide', { width: 1280, height: 800 }],
  ['dark', 'phone', { width: 390, height: 844 }],
] as const;

test.describe('4K', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 3840, height: 2160 } });

  test('the first screen looks as before: type and charts grow with it', async ({ page }) => {
    const playground = new Playground(page);
    await playground.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await playground.openWith({ ...small, network: 'resnet20', cuts: 'all' });
    await expect(playground.region('Network')).toContainText('less memory than back-propagation');
    await expect(playground.region('Charts').getByRole('slider', { name: 'Cursor of Final loss' })).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    const paces = page.locator('dl.paces');
    const clip = { x: 0, y: 0, width: 3840, height: 1200 };
    await expect(page).toHaveScreenshot('first-dark-4k.png', { ...tolerance, clip, mask: [paces] });
  });
});

for (const [colorScheme, name, viewport] of looks) {
  test.describe(`${colorScheme}, ${name}`, () => {
    test.use({ colorScheme, viewport });

    const opened = async (playground: Playground, experiment: object = small): Promise<void> => {
      await playground.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await playground.openWith(experiment);
    };
    const looksLike = (place: Locator, file: string, mask: Locator[] = []) =>
      looksAs(place, `${file}-${colorScheme}-${name}.png`, mask);

    test('the network and one step in slow motion look as before', async ({ page }) => {
      const playground = new Playground(page);
      await opened(playground, { ...small, network: 'resnet20', cuts: 'k4' });
      await playground.press('Slow motion');
      const scrubber = playground.region('One step in slow motion');
      for (let presses = 0; presses < 6; presses++) await scrubber.getByRole('button', { name: 'Forward' }).click();
      await expect(scrubber).toContainText('7 of');
      await page.mouse.move(0, 0);
      await looksLike(playground.region('Network'), 'network');
    });

    test('the insight screen looks as before', async ({ page }) => {
      const playground = new Playground(page);
      await opened(playground);
      await page.getByRole('tab', { name: 'Insight' }).click();
      await expect(page.getByRole('img', { name: 'Reconstruction of input 0 from module 1' })).toBeVisible();
      await looksLike(playground.region('Early exits'), 'exits', [page.locator('canvas'), page.locator('td')]);
      await looksLike(playground.region('Reconstructions'), 'reconstructions', [page.locator('canvas')]);
    });

    test('compared runs look as before', async ({ page }) => {
      const playground = new Playground(page);
      await opened(playground);
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByLabel('Run files').setInputFiles(comparedRuns());
      for (const [title, file] of [
        ['Accuracy by module', 'compared-modules'],
        ['Final accuracy', 'compared-final'],
      ] as const) {
        const { figure } = new Chart(playground, title);
        // Below the transport, which stays in sight.
        await figure.evaluate((node) => node.scrollIntoView({ block: 'end' }));
        await expect(figure.locator('.recharts-line').first()).toBeAttached();
        await expect(figure.getByRole('listitem').filter({ hasText: 'HPFF without HiLo' }).first()).toBeVisible();
        await page.mouse.move(0, 0);
        await looksLike(figure, file);
      }
    });

    test('the lessons screen looks as before', async ({ page }) => {
      const playground = new Playground(page);
      await opened(playground);
      await page.getByRole('tab', { name: 'Lessons' }).click();
      await expect(playground.region('What you found').getByRole('row').last()).toContainText('×');
      await looksLike(playground.region('From back-propagation to HPFF'), 'lesson');
    });
  });
}
