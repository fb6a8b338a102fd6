import { expect, test } from '@playwright/test';
import { small } from './experiments.ts';
import { Playground } from './pages/playground.ts';

test('one step in slow motion is told node group by node group, by keyboard too', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(small);
  await playground.press('Slow motion');
  const scrubber = playground.region('One step in slow motion');
  await expect(scrubber).toContainText('The batch is cropped');
  const slider = scrubber.getByRole('slider', { name: 'Position in the step' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(scrubber).toContainText('Features go forward through module 0 to the border with module 1');
  await page.keyboard.press('End');
  await expect(scrubber).toContainText('Parameters of module 2 are updated');
  await expect(slider).toHaveAttribute('aria-valuetext', / 0\sB held/);
  await scrubber.getByRole('button', { name: 'To the beginning' }).click();
  await scrubber.getByRole('button', { name: 'Play slow motion' }).click();
  await expect(scrubber).toContainText('through module 0');
  // It follows the cuts.
  await playground.press('all (3)');
  await playground.region('Controls').getByRole('switch', { name: 'HiLo' }).click();
  await expect(slider).toBeVisible();
  await playground.press('Slow motion');
  await expect(scrubber).toBeHidden();
  expect(playground.problems).toEqual([]);
});
