import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';

const paper = { ...small, pff: 'paper', firstIndependent: true, bn: 'once' };

test('insight shows reconstructions, exits, patches, predictions and a block while it trains', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(paper);
  await playground.press('Play');
  await playground.waitForStep(3);
  await page.getByRole('tab', { name: 'Insight' }).click();
  await expect(page.getByRole('img', { name: 'Reconstruction of input 0 from module 1' })).toBeVisible();
  const exits = playground.region('Early exits');
  await expect(exits.getByRole('row', { name: /module 2 head/ })).toBeVisible();
  await expect(exits).toContainText('Patch by patch');
  await playground.press('Predict test images');
  await expect(playground.region('Predictions')).toContainText('of 100 right');
  await expect(
    page.getByRole('list', { name: 'Predictions, wrong ones first' }).getByRole('listitem').first(),
  ).toBeVisible();
  await playground.region('Block').getByRole('combobox').selectOption('2.0');
  await expect(page.getByRole('img', { name: 'Output of block 2.0, 16 channels' })).toBeVisible();
  // The run has gone on.
  const before = await playground.step();
  await playground.waitForStep(before + 2);
  expect(playground.problems).toEqual([]);
});

test('an image that is drawn is answered by every exit, on a phone too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const playground = new Playground(page);
  await playground.openWith(small);
  await page.getByRole('tab', { name: 'Insight' }).click();
  const own = playground.region('Your image');
  await expect(own).toContainText('never leaves this device');
  const board = page.getByRole('img', { name: 'Drawing board' });
  await board.scrollIntoViewIfNeeded();
  const box = await board.boundingBox();
  if (box === null) throw new Error('there is no board');
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 150, box.y + 150, { steps: 5 });
  await page.mouse.up();
  await expect(playground.region('Early exits').getByRole('button', { name: 'Image 0, yours' })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  expect(playground.problems).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the insight screen, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const playground = new Playground(page);
    await playground.openWith(paper);
    await page.getByRole('tab', { name: 'Insight' }).click();
    await playground.press('Predict test images');
    await expect(playground.region('Predictions')).toContainText('of 100 right');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
